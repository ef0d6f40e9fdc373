/**
 * The pages: each route makes one page model and renders the template of the same name. A page model is complete: templates format
 * and loop, they fetch and compute nothing. It must hold no rule that the API does not hold. Start reading at {@link
 * io.lathe.workbench.page.Pages}.
 */
@NullMarked
package io.lathe.workbench.page;

import org.jspecify.annotations.NullMarked;
