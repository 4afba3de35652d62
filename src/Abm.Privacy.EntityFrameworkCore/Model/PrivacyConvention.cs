using Abm.Privacy.EntityFrameworkCore.BlindIndexes;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>
/// Settles what every protected property is bound to, and refuses a model in which a value could be lost: all faults in one
/// error, when the model is first used.
/// </summary>
internal sealed class PrivacyConvention(PrivacyBaseline? baseline) : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        var model = modelBuilder.Metadata;
        var faults = new List<string>();
        var places = ProtectedPlaces.Find(model, faults);
        foreach (var place in places.Where(place => place.Property.IsKey() || place.Property.IsForeignKey()))
        {
            faults.Add($"{place.Text} is protected and part of a key, but every encryption of a value differs. Use another key.");
        }

        var names = new FrozenNames(baseline, faults).Resolve(places);
        foreach (var (place, name) in names)
        {
            ((IConventionProperty)place.Property).SetAnnotation(PrivacyAnnotations.Place, name.ToAnnotation());
        }

        FieldPadding.Complete(places, faults);
        var bindings = new RecordBindings(model, faults);
        foreach (var (root, holder) in places.Select(place => (place.Root, place.Holder)).Distinct())
        {
            bindings.Bind((IConventionEntityType)root, (IConventionEntityType)holder);
        }

        BlindIndexColumns.Complete(model, names, faults);
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(
                "The model's protected values cannot be bound to their records:" + string.Concat(faults.Distinct().Select(fault => "\n- " + fault)));
        }
    }
}
