package io.lathe.workbench.page;

import io.javalin.http.Context;
import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The few files that pages link to, from this jar and from two libraries. Thread-safe. */
public final class AssetRoutes {
    private static final String SCRIPT = "text/javascript;charset=utf-8";

    private final Map<String, Asset> assets = new TreeMap<>();

    public AssetRoutes() {
        assets.put("lathe.css", Asset.load("/assets/lathe.css", "text/css;charset=utf-8"));
        assets.put("lathe.js", Asset.load("/assets/lathe.js", SCRIPT));
        assets.put("api.css", Asset.load("/assets/api.css", "text/css;charset=utf-8"));
        assets.put("api.js", Asset.load("/assets/api.js", SCRIPT));
        assets.put("theme.js", Asset.load("/assets/theme.js", SCRIPT));
        assets.put("mark.svg", Asset.load("/assets/mark.svg", "image/svg+xml"));
        assets.put("htmx.js", Asset.load(webjar("htmx.org") + "/dist/htmx.min.js", SCRIPT));
        assets.put("sse.js", Asset.load(webjar("htmx-ext-sse") + "/sse.js", SCRIPT));
    }

    private static String webjar(String name) {
        String about = "/META-INF/maven/org.webjars.npm/" + name + "/pom.properties";
        try (InputStream in = AssetRoutes.class.getResourceAsStream(about)) {
            if (in == null) {
                throw new IllegalStateException("The class path lacks the library " + name);
            }
            Properties properties = new Properties();
            properties.load(in);
            return "/META-INF/resources/webjars/" + name + "/" + properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void serve(Context ctx) {
        Asset asset = assets.get(ctx.pathParam("file"));
        if (asset == null) {
            throw new LatheException(ProblemCode.NOT_FOUND, "There is no such file.");
        }
        ctx.header("ETag", asset.etag()).header("Cache-Control", "no-cache");
        if (asset.etag().equals(ctx.header("If-None-Match"))) {
            ctx.status(304);
        } else {
            ctx.contentType(asset.type()).result(asset.bytes());
        }
    }
}
