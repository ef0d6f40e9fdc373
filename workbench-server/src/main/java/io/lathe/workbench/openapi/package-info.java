/**
 * The API's own document, OpenAPI 3.1, made from the table of routes and the records they read and answer. It knows no feature. Start
 * reading at {@link io.lathe.workbench.openapi.OpenApi}.
 */
@NullMarked
package io.lathe.workbench.openapi;

import org.jspecify.annotations.NullMarked;
