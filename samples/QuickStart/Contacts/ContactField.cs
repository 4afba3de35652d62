using Abm.Privacy.Classification;

namespace QuickStart.Contacts;

/// <summary>One property of a contact: what it is, and its value as text.</summary>
/// <param name="Column">The column of contacts.csv.</param>
/// <param name="DataClass">What the [Classified] attribute says.</param>
/// <param name="Read">The value as canonical text; null if the contact does not have it.</param>
internal sealed record ContactField(string Column, DataClass DataClass, Func<Contact, string?> Read);
