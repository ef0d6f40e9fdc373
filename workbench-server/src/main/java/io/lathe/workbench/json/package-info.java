/**
 * JSON as the workbench writes and reads it. It knows no wire record. Start reading at {@link io.lathe.workbench.json.Json}.
 */
@NullMarked
package io.lathe.workbench.json;

import org.jspecify.annotations.NullMarked;
