/**
 * Tablesaw's figures as Plotly JSON, which JupyterLab shows without network and without trusting scripts.
 * It knows Tablesaw's plot library and nothing of kernels or datasets.
 * Start with {@link io.lathe.kernel.plot.PlotlyJson}.
 */
@NullMarked
package io.lathe.kernel.plot;

import org.jspecify.annotations.NullMarked;
