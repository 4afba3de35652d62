namespace QuickStart.Disposal;

/// <summary>Where a contact stands as a whole; each contact is in one of these.</summary>
internal enum ContactStanding
{
    /// <summary>Nothing is due.</summary>
    Keep,

    /// <summary>A legal hold blocks every disposal.</summary>
    Held,

    /// <summary>Something is not determined, and nothing else is due.</summary>
    Undetermined,

    /// <summary>The person is due, but not every field may go: destroying the keys would destroy those too.</summary>
    Blocked,

    /// <summary>Single fields are due.</summary>
    DeleteFields,

    /// <summary>The person is due: the keys are destroyed, and with them every stored value.</summary>
    Shred,
}
