/**
 * The JSON API: each method parses a request, calls one service and writes its answer. It must hold no rule of its own and know no
 * page. Start reading at {@link io.lathe.workbench.api.HealthRoutes}.
 */
@NullMarked
package io.lathe.workbench.api;

import org.jspecify.annotations.NullMarked;
