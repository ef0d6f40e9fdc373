/**
 * From tables to trained models and back: Tablesaw rows for the models library, measured and predicted in the notebook.
 * It knows tables and the models library; nothing here leaves the kernel.
 * Start with {@link io.lathe.kernel.learn.TableRows}.
 */
@NullMarked
package io.lathe.kernel.learn;

import org.jspecify.annotations.NullMarked;
