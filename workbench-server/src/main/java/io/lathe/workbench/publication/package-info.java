/**
 * Publishing a model: from an uploaded bundle to a judged version that is served, or to the reason why not. It must not know pages or
 * HTTP frameworks. Start reading at {@link io.lathe.workbench.publication.Publications}.
 */
@NullMarked
package io.lathe.workbench.publication;

import org.jspecify.annotations.NullMarked;
