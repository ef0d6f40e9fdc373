package io.lathe.models.features;

import java.util.function.ObjDoubleConsumer;
import org.tribuo.Output;
import org.tribuo.impl.ArrayExample;

/**
 * The example of one row that is to be predicted. It takes its features in any order and is sorted once, in place, where Tribuo's own
 * sorts boxed indices and copies both arrays twice. Used by one thread; sort it before it is read.
 */
final class RowExample<T extends Output<T>> extends ArrayExample<T> implements ObjDoubleConsumer<String> {
    private static final long serialVersionUID = 1;

    /** Above so many features Tribuo's sort, which does not grow by their square, is the faster one. */
    private static final int MOST_INSERTED = 48;

    RowExample(T output, int features) {
        super(output, DEFAULT_WEIGHT, features);
    }

    @Override
    public void accept(String name, double value) {
        if (size == featureNames.length) {
            growArray();
        }
        featureNames[size] = name;
        featureValues[size] = value;
        size++;
    }

    @Override
    public void sort() {
        if (size > MOST_INSERTED) {
            super.sort();
            return;
        }
        for (int i = 1; i < size; i++) {
            String name = featureNames[i];
            double value = featureValues[i];
            int at = i;
            while (at > 0 && featureNames[at - 1].compareTo(name) > 0) {
                featureNames[at] = featureNames[at - 1];
                featureValues[at] = featureValues[at - 1];
                at--;
            }
            featureNames[at] = name;
            featureValues[at] = value;
        }
    }
}
