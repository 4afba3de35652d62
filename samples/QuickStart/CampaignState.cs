using QuickStart.Contacts;
using QuickStart.Events;
using QuickStart.Output;

namespace QuickStart;

/// <summary>What the steps share: each reads what it needs and adds what it makes.</summary>
internal sealed class CampaignState(QuickStartOptions options, TimeProvider time, OutputFolder output)
{
    public QuickStartOptions Options { get; } = options;

    /// <summary>The campaign day's clock: every step that asks for the time asks here.</summary>
    public TimeProvider Time { get; } = time;

    public OutputFolder Output { get; } = output;

    /// <summary>The contacts, streamed from the file each time they are read. Duplicates and rejected rows are left out once the import has run.</summary>
    public ContactSource Contacts { get; } = new(options.ContactsPath);

    /// <summary>The consent events by contact and account; empty until the events step has run.</summary>
    public EventBook Events { get; set; } = EventBook.Empty;

    /// <summary>Whether the database was brought up to date by this run, from the contacts that <see cref="Contacts"/> gives.</summary>
    public bool IsProtected { get; set; }

    /// <summary>The ids of the contacts who may get the campaign; nobody until the decision step has run.</summary>
    public IReadOnlySet<string> Permitted { get; set; } = new HashSet<string>();
}
