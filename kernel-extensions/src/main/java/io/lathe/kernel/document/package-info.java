/**
 * What an output says, before it is HTML or text: headings, paragraphs, grids, code.
 * It knows nothing of notebooks, tables or models; escaping and caps live here, once, for every output.
 * Start with {@link io.lathe.kernel.document.Document}.
 */
@NullMarked
package io.lathe.kernel.document;

import org.jspecify.annotations.NullMarked;
