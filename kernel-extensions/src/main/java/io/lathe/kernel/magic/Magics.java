package io.lathe.kernel.magic;

import io.lathe.kernel.data.ProjectData;
import io.lathe.kernel.publish.Publisher;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.magic.CellMagic;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.tribuo.Model;

/** Tells the kernel about all magics. */
public final class Magics {

    private Magics() {}

    /** Registers the magics, as line and as cell magics: help is asked for in both ways. */
    public static void register(
            MagicsRegistry registry,
            ProjectData data,
            Publisher publisher,
            Supplier<Map<String, Model<?>>> models,
            Consumer<Object> display) {
        List<Magic> magics = List.of(
                new DataMagic(data),
                new SchemaMagic(data),
                new StatsMagic(data, display),
                new PublishMagic(publisher, models));
        for (Magic magic : magics) {
            LineMagic<Object, BaseKernel> line =
                    (kernel, args) -> Usage.asksForHelp(args) ? magic.usage().help() : magic.line(args);
            CellMagic<Object, BaseKernel> cell = (kernel, args, body) ->
                    Usage.asksForHelp(args) ? magic.usage().help() : magic.cell(args, body);
            registry.registerLineMagic(magic.usage().name(), line);
            registry.registerCellMagic(magic.usage().name(), cell);
        }
    }
}
