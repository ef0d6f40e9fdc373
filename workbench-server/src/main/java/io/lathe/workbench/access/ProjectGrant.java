package io.lathe.workbench.access;

/** The one project that an identity is bound to, and the account it belongs to. */
public record ProjectGrant(String projectId, String project, String ownerId) {}
