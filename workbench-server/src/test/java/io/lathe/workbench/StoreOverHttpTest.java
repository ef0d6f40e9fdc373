package io.lathe.workbench;

import io.javalin.Javalin;
import io.lathe.datasets.store.Content;
import io.lathe.datasets.store.FolderObjectStore;
import io.lathe.datasets.store.HttpObjectStore;
import io.lathe.datasets.store.ObjectKey;
import io.lathe.datasets.store.ObjectStore;
import io.lathe.datasets.store.ObjectStoreContract;
import io.lathe.workbench.api.StoreRoutes;
import io.lathe.workbench.store.StoreRights;
import io.lathe.workbench.store.Uploads;
import io.lathe.workbench.web.Problems;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The store's routes and the store that calls them keep the contract of every object store. */
class StoreOverHttpTest extends ObjectStoreContract {
    @TempDir
    Path folder;

    private @Nullable Javalin server;

    @Override
    protected ObjectStore newStore() throws Exception {
        StoreRights everything = new StoreRights() {
            @Override
            public List<String> readable() {
                return List.of("");
            }

            @Override
            public boolean mayWrite(ObjectKey key) {
                return true;
            }

            @Override
            public long mostBytes(ObjectKey key) {
                return Uploads.MOST_BYTES;
            }

            @Override
            public void requireObject(ObjectKey key, Content content) {
                // the contract speaks of any bytes
            }

            @Override
            public void requireReference(ObjectKey key, byte[] content) {
                // the contract speaks of any bytes
            }
        };
        StoreRoutes routes = new StoreRoutes(
                new FolderObjectStore(folder.resolve("store")),
                ctx -> everything,
                new Uploads(Files.createDirectories(folder.resolve("uploads"))),
                ctx -> "mine");
        Javalin running = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.concurrency.useVirtualThreads = true;
            new Problems(folder, (ctx, code, title, detail) -> ctx.result(detail)).install(config.routes);
            config.routes.get("/store/objects/<key>", routes::read);
            config.routes.head("/store/objects/<key>", routes::read);
            config.routes.put("/store/objects/<key>", routes::write);
            config.routes.get("/store/list", routes::list);
        });
        server = running.start("127.0.0.1", 0);
        return new HttpObjectStore(URI.create("http://127.0.0.1:" + running.port()), "unused");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop();
        }
    }
}
