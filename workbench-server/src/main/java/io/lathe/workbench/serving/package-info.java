/**
 * The serving endpoint as the workbench sees it: a supervised process, the programs that may call it, the number of what it should
 * serve. It must not know how models are judged, nor pages. Start reading at {@link io.lathe.workbench.serving.EndpointProcess}.
 */
@NullMarked
package io.lathe.workbench.serving;

import org.jspecify.annotations.NullMarked;
