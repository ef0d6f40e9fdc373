package io.lathe.models.features;

import io.lathe.models.SampleModels;
import java.util.List;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Models that were not trained on fitted features. */
final class ForeignModels {
    private ForeignModels() {}

    static Model<Label> trainedOnPlainExamples() {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> dataset = new MutableDataset<>(new SimpleDataSourceProvenance("plain", labels), labels);
        for (String label : List.of("a", "b")) {
            dataset.add(new ArrayExample<>(new Label(label), new String[] {label}, new double[] {1.0}));
        }
        return SampleModels.logistic().train(dataset);
    }
}
