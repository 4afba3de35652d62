using System.Globalization;
using Abm.Privacy.Consent;

namespace QuickStart.Decisions;

/// <summary>What would have to change for a denial to become a permit, as the library found it by trying, and what it advises.</summary>
internal static class Remedies
{
    private const int Shown = 2;

    public static string Of(ConsentDecision decision)
    {
        if (decision.IsPermitted)
        {
            return "";
        }

        var changes = decision.WhatWouldChange();
        // sets that differ in a detail, such as form or signature, are one way to whoever reads this
        var ways = changes.Sets.DistinctBy(set => string.Join(", ", set.Changes.Select(change => (What(change.Fact), change.By)).Distinct())).Take(Shown).Select(Way).ToList();
        var nothing = changes.IsComplete ? "nothing that anybody may do" : "nothing that was found";
        var advice = string.Concat(decision.Advice.Select(Advice));
        return $" What would change it: {(ways.Count == 0 ? nothing : string.Join("; or ", ways))}.{(advice.Length == 0 ? "" : $" Advice:{advice}")}";
    }

    private static string Way(ChangeSet set) => string.Join(", and ", set.Changes
        .GroupBy(change => (What: What(change.Fact), change.By))
        .Select(group => $"{group.Key.What} {Who(group.Key.By)} ({string.Join(", ", group.Select(change => $"{change.Fact} = {change.Value ?? "none"}"))})"));

    private static string What(string fact) => fact.Split('.')[0] switch
    {
        "consent" => "a new consent with proof",
        "suppressed" => "the end of the suppression",
        "account" => "another standing of the account",
        "restricted" => "the end of the restriction",
        "source" => "another standing of the data's source",
        "implied" or "soft" => "another standing of the business relationship",
        _ => "another fact",
    };

    private static string Who(ChangedBy by) => by switch
    {
        ChangedBy.Person => "by the person",
        ChangedBy.Authority => "by whoever ordered it",
        ChangedBy.Organization => "by us",
        ChangedBy.Inquiry => "which is to be found out",
        ChangedBy.Time => "which time brings",
        _ => "in the message",
    };

    private static string Advice(DecisionAdvice advice) =>
        AdviceCodes.TryDescribe(advice.Code, CultureInfo.InvariantCulture, out var text) ? $" {text}" : "";
}
