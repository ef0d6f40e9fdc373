package io.lathe.models.tribuo;

import com.oracle.labs.mlrg.olcut.config.protobuf.protos.ListProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.MapProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.ObjectProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.RootProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.SimpleProvenanceProto;
import com.oracle.labs.mlrg.olcut.provenance.primitives.EnumProvenance;
import io.lathe.datasets.problem.LatheException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The walk over the provenance in a model file. OLCUT stores it flat: objects, lists, maps and values with numbers, pointing to
 * each other by number, and objects to objects by name. Its reader follows these pointers recursively, so what points in a
 * circle, to one part from many, or into great depth would exhaust it; and it loads classes by name.
 */
final class ProvenanceInspection {
    private static final int MAX_PARTS = 500_000;
    private static final int MAX_DEPTH = 64;

    private final Map<Integer, Collection<Integer>> pointers = new HashMap<>();
    private final Map<Integer, SimpleProvenanceProto> values = new HashMap<>();
    private final Map<String, Set<String>> references = new HashMap<>();

    private ProvenanceInspection() {}

    /** @throws LatheException {@code bad-request} naming the first part that isn't allowed */
    static void check(RootProvenanceProto root) {
        new ProvenanceInspection().walk(root);
    }

    private void walk(RootProvenanceProto root) {
        int parts = root.getOmpCount() + root.getSmpCount() + root.getMmpCount() + root.getLmpCount();
        if (root.getOmpCount() == 0 || parts > MAX_PARTS) {
            throw ModelFileInspection.refused("its provenance has no object or too many parts.");
        }
        for (ObjectProvenanceProto object : root.getOmpList()) {
            requireKnown(object);
            requireAllowed(
                    AllowedClasses.isObjectProvenance(object.getProvenanceClassName()),
                    object.getProvenanceClassName());
            put(object.getIndex(), parts, object.getValuesMap().values());
        }
        for (SimpleProvenanceProto value : root.getSmpList()) {
            requireKnown(value);
            checkValue(value);
            put(value.getIndex(), parts, Set.of());
            values.put(value.getIndex(), value);
        }
        for (MapProvenanceProto map : root.getMmpList()) {
            requireKnown(map);
            put(map.getIndex(), parts, map.getValuesMap().values());
        }
        for (ListProvenanceProto list : root.getLmpList()) {
            requireKnown(list);
            put(list.getIndex(), parts, list.getValuesList());
        }
        checkPointers();
        checkReferences(root);
    }

    private static void checkValue(SimpleProvenanceProto value) {
        String className = value.getProvenanceClassName();
        if (value.getIsReference()) {
            requireAllowed(AllowedClasses.isObjectProvenance(className), className);
        } else if (className.equals(EnumProvenance.class.getName())) {
            requireAllowed(AllowedClasses.isEnum(value.getAdditional()), value.getAdditional());
        } else {
            requireAllowed(AllowedClasses.isValueProvenance(className), className);
        }
    }

    private void put(int index, int parts, Collection<Integer> targets) {
        if (index < 0 || index >= parts || pointers.putIfAbsent(index, targets) != null) {
            throw tangled();
        }
    }

    /** OLCUT numbers a part before what it points to and never points to one part twice. */
    private void checkPointers() {
        Set<Integer> seen = new HashSet<>();
        pointers.forEach((index, targets) -> {
            for (int target : targets) {
                if (target <= index || !pointers.containsKey(target) || !seen.add(target)) {
                    throw tangled();
                }
            }
        });
    }

    private void checkReferences(RootProvenanceProto root) {
        for (ObjectProvenanceProto object : root.getOmpList()) {
            Set<String> named = new HashSet<>();
            object.getValuesMap().values().forEach(target -> collect(target, named, 0));
            if (references.putIfAbsent(object.getObjectName(), named) != null) {
                throw tangled();
            }
        }
        Map<String, Integer> depths = new HashMap<>();
        for (String name : references.keySet()) {
            depth(name, depths, 0);
        }
    }

    private void collect(int index, Set<String> named, int depth) {
        SimpleProvenanceProto value = values.get(index);
        if (depth > MAX_DEPTH) {
            throw tangled();
        }
        if (value != null && value.getIsReference()) {
            named.add(value.getValue());
        }
        for (int target : pointers.getOrDefault(index, Set.of())) {
            collect(target, named, depth + 1);
        }
    }

    /** The longest chain of references below {@code name}; a circle is a chain that gets too long. */
    private int depth(String name, Map<String, Integer> depths, int above) {
        Integer known = depths.get(name);
        if (known != null) {
            return known;
        }
        Set<String> targets = references.get(name);
        if (targets == null || above > MAX_DEPTH) {
            throw tangled();
        }
        int deepest = 0;
        for (String target : targets) {
            deepest = Math.max(deepest, 1 + depth(target, depths, above + 1));
        }
        if (deepest > MAX_DEPTH) {
            throw tangled();
        }
        depths.put(name, deepest);
        return deepest;
    }

    private static void requireKnown(com.google.protobuf.Message message) {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            throw ModelFileInspection.refused("its provenance has fields that are not known.");
        }
    }

    private static void requireAllowed(boolean allowed, String className) {
        if (!allowed) {
            throw ModelFileInspection.foreign(className);
        }
    }

    private static LatheException tangled() {
        return ModelFileInspection.refused(
                "its provenance points in circles, to missing parts, or is nested too deeply.");
    }
}
