import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where the time and the memory of a flight recording went: shares by innermost method, by innermost method of Lathe, and with all they call. Argument: the recording. */
public final class Hot {

    private static final int SHOWN = 40;

    public static void main(String[] arguments) throws Exception {
        List<RecordedEvent> events = RecordingFile.readAllEvents(Path.of(arguments[0]));
        show("time", events, "jdk.ExecutionSample");
        show("allocation", events, "jdk.ObjectAllocationSample");
    }

    private static void show(String what, List<RecordedEvent> events, String type) {
        Map<String, Double> innermost = new HashMap<>();
        Map<String, Double> ours = new HashMap<>();
        Map<String, Double> whole = new HashMap<>();
        double all = 0;
        for (RecordedEvent event : events) {
            if (!event.getEventType().getName().equals(type) || event.getStackTrace() == null) {
                continue;
            }
            double weight = event.hasField("weight") ? event.getLong("weight") : 1;
            all += weight;
            List<String> frames = event.getStackTrace().getFrames().stream().map(Hot::name).toList();
            innermost.merge(frames.getFirst(), weight, Double::sum);
            ours.merge(frames.stream().filter(f -> f.startsWith("io.lathe")).findFirst().orElse("(none)"), weight, Double::sum);
            new HashSet<>(frames).forEach(frame -> whole.merge(frame, weight, Double::sum));
        }
        print(what + ", innermost", innermost, all);
        print(what + ", innermost of Lathe", ours, all);
        print(what + ", with what it calls", whole, all);
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private static void print(String title, Map<String, Double> shares, double all) {
        System.out.println("== " + title);
        shares.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN)
                .forEach(entry -> System.out.printf("%5.1f %% %s%n", 100 * entry.getValue() / all, entry.getKey()));
    }
}
