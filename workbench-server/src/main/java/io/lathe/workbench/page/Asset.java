package io.lathe.workbench.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One file that pages link to, held in memory. Immutable. */
final class Asset {
    private final String type;
    private final byte[] bytes;
    private final String etag;

    private Asset(String type, byte[] bytes, String etag) {
        this.type = type;
        this.bytes = bytes;
        this.etag = etag;
    }

    static Asset load(String resource, String type) {
        try (InputStream in = Asset.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The class path lacks " + resource);
            }
            byte[] bytes = in.readAllBytes();
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
            return new Asset(type, bytes, '"' + hash + '"');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    String type() {
        return type;
    }

    /** Not to be written to. */
    byte[] bytes() {
        return bytes;
    }

    String etag() {
        return etag;
    }
}
