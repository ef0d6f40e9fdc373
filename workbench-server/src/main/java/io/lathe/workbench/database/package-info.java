/**
 * The one database of the workbench: opening, migrating and closing it. It knows no feature; each feature keeps its own SQL beside
 * its service. Start reading at {@link io.lathe.workbench.database.Database}, then {@code resources/db/migration}.
 */
@NullMarked
package io.lathe.workbench.database;

import org.jspecify.annotations.NullMarked;
