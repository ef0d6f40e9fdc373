package io.lathe.datasets.store;

/**
 * What is known of an object without reading it.
 *
 * @param key its name
 * @param bytes its length
 * @param tag changes when its bytes change; what {@link ObjectStore#compareAndSwap} expects
 */
public record ObjectInfo(ObjectKey key, long bytes, String tag) {}
