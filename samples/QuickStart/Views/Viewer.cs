using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Views;
using QuickStart.Contacts;

namespace QuickStart.Views;

/// <summary>Somebody who looks at contacts: what was shown, and what was not.</summary>
internal sealed class Viewer(string name, string[] roles, MaskingViews views, IViewPseudonyms pseudonyms, ClearViewAudit audit)
{
    private readonly IMasker _view = views.For(roles, new ViewRequest { Viewer = name, Audit = audit.Add, Pseudonyms = pseudonyms });

    public string Name { get; } = name;

    public string Roles { get; } = string.Join(" + ", roles);

    public long Values { get; private set; }

    public long Hidden { get; private set; }

    /// <summary>Shows a field of a contact; empty for what is hidden and for what the contact does not have.</summary>
    public string See(ContactField field, Contact contact)
    {
        if (field.Read(contact) is not { Length: > 0 } value)
        {
            return "";
        }

        var seen = _view.Mask(field.DataClass, value);
        Values++;
        Hidden += seen.Length == 0 ? 1 : 0;
        return seen;
    }
}
