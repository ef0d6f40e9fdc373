/**
 * One kind of event log for everything that takes long: launches, stops, publications. It knows what a job is called and what
 * happened to it, never what the job does. Start reading at {@link io.lathe.workbench.event.Jobs}.
 */
@NullMarked
package io.lathe.workbench.event;

import org.jspecify.annotations.NullMarked;
