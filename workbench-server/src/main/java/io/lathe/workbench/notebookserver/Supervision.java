package io.lathe.workbench.notebookserver;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import io.lathe.workbench.notebookserver.NotebookServer.Phase;
import io.lathe.workbench.notebookserver.NotebookServer.State;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One notebook server's life, on a thread of its own: brought up phase by phase, watched, and ended. The thread alone decides; others
 * may only ask it to stop the server or to leave it alone. {@code server} and {@code placement} are guarded by this object's lock when
 * written and may be read by anybody.
 */
final class Supervision implements Runnable {
    /** Two missed answers, five seconds apart, and a server counts as unreachable; one may be a long garbage collection. */
    private static final int MISSES = 2;

    private static final int LAUNCHES = 5;

    private enum Signal {
        NONE,
        STOP,
        LEAVE
    }

    private enum Boot {
        ANSWERS,
        LOST_PORT,
        OVER
    }

    /** What all supervisions share. */
    record Tools(
            Provisioner provisioner,
            ServerJournal journal,
            StatusProbe probe,
            Deadlines deadlines,
            Consumer<String> ending,
            Consumer<Supervision> ended) {}

    private final Tools tools;
    private final Supplier<LaunchRequest> request;
    private final AtomicReference<Signal> signal = new AtomicReference<>(Signal.NONE);
    private final CountDownLatch signalled = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    private volatile NotebookServer server;
    private volatile Optional<Placement> placement;
    private volatile Duration grace;

    /** @param request asked once, when there is something to launch; it holds the server's token */
    Supervision(Tools tools, NotebookServer server, Optional<Placement> placement, Supplier<LaunchRequest> request) {
        this.tools = tools;
        this.server = server;
        this.placement = placement;
        this.request = request;
        this.grace = tools.deadlines().stop();
    }

    NotebookServer server() {
        return server;
    }

    /** Where it takes requests; empty while it does not. */
    Optional<Placement> open() {
        State state = server.state();
        return state == State.READY || state == State.UNREACHABLE ? placement : Optional.empty();
    }

    /** Asks for an end. The state says so at once, the rest follows. */
    void stop(Duration patience) {
        if (signal.compareAndSet(Signal.NONE, Signal.STOP)) {
            grace = patience;
            try {
                step(State.STOPPING, server.phase(), "Stopping: kernels are shut down first");
            } finally {
                // Nobody else can ask again, so a full disk must not keep the thread from hearing it.
                signalled.countDown();
            }
        }
    }

    /** Asks to stop watching and to let the server run. */
    void leave() {
        if (signal.compareAndSet(Signal.NONE, Signal.LEAVE)) {
            signalled.countDown();
        }
    }

    boolean awaitEnd(Duration patience) throws InterruptedException {
        return done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        try {
            live();
        } catch (LatheException e) {
            fail(e.getMessage());
        } catch (RuntimeException e) {
            fail("The notebook server could not be supervised: " + e);
        } finally {
            tools.ended().accept(this);
            done.countDown();
        }
    }

    private void live() {
        if (server.state() == State.STOPPING && signal.compareAndSet(Signal.NONE, Signal.STOP)) {
            signalled.countDown(); // an earlier workbench had begun to stop it
        }
        if (signal.get() == Signal.NONE && server.state() == State.STARTING && !bringUp()) {
            return;
        }
        if (signal.get() == Signal.NONE) {
            watch();
        }
        if (signal.get() == Signal.STOP) {
            end();
        }
    }

    /** False when the start has failed; true when it answers or a signal came. */
    private boolean bringUp() {
        for (int launch = 1; launch <= LAUNCHES; launch++) {
            if (placement.isEmpty()) {
                LaunchRequest asked = request.get();
                step(State.STARTING, Phase.PREPARE, "Checking the environment and the project's folder");
                within(tools.deadlines().prepare(), Phase.PREPARE, () -> {
                    tools.provisioner().prepare(asked);
                    return asked;
                });
                step(State.STARTING, Phase.LAUNCH, "Starting JupyterLab");
                place(within(
                        tools.deadlines().launch(),
                        Phase.LAUNCH,
                        () -> tools.provisioner().launch(asked)));
                step(State.STARTING, Phase.BOOT, "Waiting for JupyterLab to answer");
            }
            switch (boot()) {
                case ANSWERS -> {
                    step(State.READY, Phase.READY, "JupyterLab answers");
                    return true;
                }
                case OVER -> {
                    return signal.get() != Signal.NONE;
                }
                case LOST_PORT -> placement = Optional.empty();
            }
        }
        fail("JupyterLab lost its port to other programs " + LAUNCHES + " times. Try again.");
        return false;
    }

    private Boot boot() {
        Placement place = placement.orElseThrow();
        long deadline = System.nanoTime() + tools.deadlines().boot().toNanos();
        while (System.nanoTime() < deadline) {
            if (await(tools.deadlines().look().dividedBy(2))) {
                return Boot.OVER;
            }
            switch (tools.provisioner().look(server.id(), place)) {
                case Health.Gone(String why) -> {
                    fail(why + " before it was ready. Its last lines are below.");
                    return Boot.OVER;
                }
                case Health.LostPort() -> {
                    return Boot.LOST_PORT;
                }
                case Health.Running() -> {
                    if (tools.probe()
                            .answers(server.project(), place, tools.deadlines().answer())) {
                        return Boot.ANSWERS;
                    }
                }
            }
        }
        fail("JupyterLab did not answer within " + tools.deadlines().boot().toSeconds()
                + " seconds. Its last lines are below; start it again when the machine is less busy.");
        return Boot.OVER;
    }

    private void watch() {
        Placement place = placement.orElseThrow();
        long nextProbe = System.nanoTime();
        int misses = 0;
        do {
            Health health = tools.provisioner().look(server.id(), place);
            if (!(health instanceof Health.Running)) {
                String why = health instanceof Health.Gone(String reason) ? reason : "JupyterLab ended";
                fail(why + ". Files are kept, running variables are lost; start it again.");
                return;
            }
            if (System.nanoTime() < nextProbe) {
                continue;
            }
            nextProbe = System.nanoTime() + tools.deadlines().probe().toNanos();
            boolean answers = tools.probe()
                    .answers(server.project(), place, tools.deadlines().answer());
            misses = answers ? 0 : misses + 1;
            if (answers && server.state() == State.UNREACHABLE) {
                step(State.READY, Phase.READY, "JupyterLab answers again");
            } else if (misses == MISSES && server.state() == State.READY) {
                step(
                        State.UNREACHABLE,
                        Phase.READY,
                        "JupyterLab runs but does not answer. Nothing was stopped; it may recover.");
            }
        } while (!await(tools.deadlines().look()));
    }

    private void end() {
        tools.ending().accept(server.project());
        if (placement.isPresent()) {
            tools.provisioner().stop(server.id(), placement.get(), grace);
        } else {
            tools.provisioner().clean(server.id());
        }
        finish(State.STOPPED, Optional.empty(), "Stopped");
    }

    private void fail(String why) {
        if (signal.get() == Signal.LEAVE) {
            return; // the next workbench will see for itself
        }
        if (signal.get() == Signal.STOP) {
            end();
            return;
        }
        finish(State.FAILED, Optional.of(why), why);
        tools.ending().accept(server.project());
        tools.provisioner().clean(server.id());
    }

    private synchronized void place(Placement found) {
        placement = Optional.of(found);
        server = server.placed(found);
        tools.journal().place(server, found);
        tools.provisioner().announce(server.id(), server.project(), found, server.state());
    }

    private synchronized void step(State state, Phase phase, String message) {
        boolean overtaken = server.state() == State.STOPPING || !server.state().isLive();
        if (overtaken || signal.get() == Signal.LEAVE) {
            return;
        }
        server = server.moved(state, phase, Optional.empty());
        // Who has seen the state may look for the card.
        placement.ifPresent(found -> tools.provisioner().announce(server.id(), server.project(), found, state));
        tools.journal().step(server, message);
    }

    private synchronized void finish(State state, Optional<String> error, String message) {
        if (server.state().isLive()) {
            server = server.moved(state, server.phase(), error);
            tools.journal().end(server, message);
        }
    }

    /** Waits; true as soon as there is a signal. */
    private boolean await(Duration time) {
        try {
            return signalled.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leave();
            return true;
        }
    }

    private static <T> T within(Duration deadline, Phase phase, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().name("notebook-server-" + phase.wireName()).start(task);
        try {
            return task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new LatheException(
                    ProblemCode.TIMEOUT,
                    "Phase " + phase.wireName() + " took longer than " + deadline.toSeconds() + " seconds. Try again.",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LatheException problem) {
                throw problem;
            }
            throw new IllegalStateException("Phase " + phase.wireName() + " broke", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in phase " + phase.wireName(), e);
        }
    }
}
