/**
 * What Lathe is made of: one CycloneDX document from the lists that the build put into its jars, the Python environment's pins and the
 * JupyterLab extension's lock file. It must not know a running workbench. Start reading at {@link
 * io.lathe.launcher.sbom.SbomCommand}.
 */
@NullMarked
package io.lathe.launcher.sbom;

import org.jspecify.annotations.NullMarked;
