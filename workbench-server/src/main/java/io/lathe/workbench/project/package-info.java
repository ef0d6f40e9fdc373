/**
 * Projects: folders made from a template, each with a name and an owner. It must not know notebook servers, pages or HTTP. Start
 * reading at {@link io.lathe.workbench.project.Projects}.
 */
@NullMarked
package io.lathe.workbench.project;

import org.jspecify.annotations.NullMarked;
