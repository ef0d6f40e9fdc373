package io.lathe.workbench.access;

/**
 * A browser that is logged in.
 *
 * @param sha256 hash of the cookie's value, which itself is kept nowhere
 * @param csrf token that every unsafe request of this session must carry
 */
public record BrowserSession(String sha256, String ownerId, String csrf) {}
