package io.lathe.kernel;

import io.lathe.kernel.display.Displays;
import io.lathe.kernel.magic.Magics;
import io.lathe.kernel.output.PrintedText;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/**
 * What the Java kernel loads at its start: displays, magics, imports. It runs before the kernel listens, so it does
 * nothing slow and asks nobody anything; the workbench is first called when a cell needs it.
 */
public final class LatheExtension implements Extension {

    /** Tribuo's trainers report each thousand steps. Held here because the logging framework forgets unheld loggers. */
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    private static final String IMPORTS = Stream.of(
                    "io.lathe.kernel.Lathe",
                    "java.nio.file.Files",
                    "java.nio.file.Path",
                    "java.util.stream.*",
                    "tech.tablesaw.api.*",
                    "tech.tablesaw.plotly.api.*",
                    "tech.tablesaw.plotly.components.*",
                    "tech.tablesaw.plotly.traces.*",
                    "io.lathe.models.features.Features",
                    "org.tribuo.Model",
                    "org.tribuo.MutableDataset",
                    "org.tribuo.Prediction",
                    "org.tribuo.classification.Label",
                    "org.tribuo.classification.evaluation.*",
                    "org.tribuo.classification.sgd.linear.*",
                    "org.tribuo.classification.dtree.*",
                    "org.tribuo.classification.ensemble.VotingCombiner",
                    "org.tribuo.common.tree.RandomForestTrainer",
                    "org.tribuo.regression.Regressor",
                    "org.tribuo.regression.ensemble.AveragingCombiner",
                    // Not sgd.linear: its LinearSGDTrainer has the name of the classifier's.
                    "org.tribuo.regression.rtree.*",
                    "org.tribuo.regression.rtree.impurity.MeanSquaredError",
                    "org.tribuo.regression.slm.*")
            .map(name -> "import " + name + ";")
            .collect(Collectors.joining("\n"));

    private static final Duration GOODBYE = Duration.ofSeconds(10);

    /** Extensions are made and installed by the thread that later waits for the kernel's end. */
    private final Thread kernelThread = Thread.currentThread();

    @Override
    public void install(BaseKernel kernel) {
        TRIBUO.setLevel(Level.WARNING);
        PrintedText.keepCharactersWhole(kernel.getIO());
        Displays.register(kernel.getRenderer());
        Session session = Lathe.session();
        Magics.register(
                kernel.getMagicsRegistry(),
                session.data(),
                session.publisher(),
                session::models,
                value -> kernel.display(kernel.getRenderer().render(value)));
        kernel.evalRaw(IMPORTS);
    }

    /**
     * The kernel's own threads outlive its shutdown by a minute, and Jupyter waits and then kills. So the program ends as
     * soon as the thread that runs the kernel has said goodbye.
     */
    @Override
    public void uninstall(BaseKernel kernel) {
        Thread.ofPlatform().daemon().name("lathe-shutdown").start(() -> {
            try {
                if (kernelThread.join(GOODBYE)) {
                    Runtime.getRuntime().exit(0);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
