/**
 * Datasets as a notebook holds them: a handle on one version, a commit's receipt, a check's report.
 * It knows the datasets library and tables; how any of it looks is not its business.
 * Start with {@link io.lathe.kernel.data.VersionHandle}.
 */
@NullMarked
package io.lathe.kernel.data;

import org.jspecify.annotations.NullMarked;
