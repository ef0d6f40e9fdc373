/**
 * The shared serving endpoint: a process that answers predictions over HTTP for the models its route document names.
 * It must not know the workbench's database or code; all it learns comes by HTTP from the workbench and is kept on disk.
 * Start reading at {@link io.lathe.serving.App}, which builds and wires everything.
 */
@NullMarked
package io.lathe.serving;

import org.jspecify.annotations.NullMarked;
