using Abm.Privacy.Consent;

namespace Abm.Privacy.Benchmarks;

/// <summary>
/// The rules for a newsletter by e-mail in Germany as a developer would write them by hand for speed, with the same bits: what is certain, and what is
/// unknown. It is the floor of the fused function.
/// </summary>
internal static class HandWrittenMask
{
    private const long Earliest = 100_000_000_000;
    private const long Latest = 253_402_300_799_999;

    public static long Of(ConsentFacts f, long now, long monthBefore, bool usesSpecialCategory, bool childDirected)
    {
        var mask = f.FactErrors != 0 ? 1L : 0;
        var status = f.ConsentStatus;
        var granted = status == "granted";
        var statusKnown = granted || status is "none" or "pending" or "withdrawn" or "refused";
        var methodGood = f.ConsentMethod is "form" or "button" or "reply" or "signature" or "voice" or "api" or "signal";
        var methodBad = !methodGood && f.ConsentMethod is "preticked" or "silence" or "bundled" or "import";
        var grantedBefore = f.ConsentGrantedAt is { } g && g >= Earliest && g <= now;
        var grantedOdd = IsOdd(f.ConsentGrantedAt);
        var expired = f.ConsentExpiresAt is { } e && e >= Earliest && e <= now;
        var expiresOdd = IsOdd(f.ConsentExpiresAt);
        var plain = f.ConsentDemonstrable && f.ConsentSpecific;
        var valid = granted && grantedBefore && !expired && !expiresOdd && plain && methodGood;
        var mayBeValid = valid || ((granted || !statusKnown) && (grantedBefore || grantedOdd) && !expired && plain && !methodBad);

        mask |= f.SuppressedAll ? 1L << 1 : 0;
        mask |= f.SuppressedUndeliverable ? 1L << 2 : 0;
        mask |= f.Restricted ? 1L << 3 : 0;
        mask |= f.SuppressedMarketing ? 1L << 4 : 0;
        mask |= status == "withdrawn" ? 1L << 5 : !statusKnown ? 1L << 6 : 0;

        if (f.ObjectionAt is { } objection)
        {
            var objectionKnown = objection is >= Earliest and <= Latest;
            var grantKnown = f.ConsentGrantedAt is >= Earliest and <= Latest;
            var newer = objectionKnown && grantKnown && f.ConsentGrantedAt > objection;
            var mayBeNewer = newer || (f.ConsentGrantedAt is not null && (!objectionKnown || !grantKnown));
            mask |= objectionKnown && !(mayBeValid && mayBeNewer) ? 1L << 7 : !(valid && newer) ? 1L << 8 : 0;
        }

        mask |= f.AccountSuppressed ? 1L << 9 : 0;
        mask |= f.AccountOnTargetList == false ? 1L << 10 : 0;
        mask |= f.PreferenceTopicWanted == false ? 1L << 11 : 0;
        mask |= f.PreferenceChannelWanted == false ? 1L << 12 : 0;
        if (f.PreferencePausedUntil is { } paused)
        {
            mask |= paused > now && paused <= Latest ? 1L << 13 : IsOdd(paused) ? 1L << 14 : 0;
        }

        mask |= f.SendsContact >= f.CapsContact ? 1L << 15 : 0;
        mask |= f.SendsAccount >= f.CapsAccount ? 1L << 16 : 0;
        mask |= f.PreferencePersonalizationRefused ? 1L << 17 : 0;
        mask |= status == "pending" ? 1L << 18 : 0;
        mask |= status == "refused" ? 1L << 19 : 0;
        if (granted)
        {
            mask |= expired ? 1L << 20 : 0;
            mask |= f.ConsentGrantedAt > now && f.ConsentGrantedAt <= Latest ? 1L << 21 : 0;
            mask |= !f.ConsentDemonstrable ? 1L << 22 : 0;
            mask |= methodBad ? 1L << 23 : 0;
            mask |= !f.ConsentSpecific ? 1L << 24 : 0;
        }

        mask |= status == "none" && f.ConsentOtherScope ? 1L << 25 : 0;
        mask |= valid ? 1L << 26 : mayBeValid ? 1L << 27 : 0;

        if (f.SoftRecorded)
        {
            var fails = f.SoftSaleContext == false || f.SoftOwnProducts == false || f.SoftSimilar == false || f.SoftOptOutOffered == false;
            mask |= fails ? 1L << 37 : f.SoftSaleContext == true && f.SoftOwnProducts == true && f.SoftSimilar == true && f.SoftOptOutOffered == true ? 1L << 28 : 1L << 29;
        }

        if (f.SourceKind is { } source)
        {
            var notThePerson = source is "third_party" or "public" or "broker";
            var mayBeOthers = notThePerson || source != "subject";
            var noticeAbsent = f.SourceNoticeAt is null;
            var mayLackNotice = noticeAbsent || IsOdd(f.SourceNoticeAt);
            var due = notThePerson && noticeAbsent;
            var mayBeDue = mayBeOthers && mayLackNotice;
            var late = f.SourceCollectedAt is { } c && c < monthBefore && c >= Earliest;
            var mayBeLate = late || f.SourceCollectedAt is null || IsOdd(f.SourceCollectedAt);
            mask |= due && late ? 1L << 30 : mayBeDue && mayBeLate ? 1L << 31 : 0;
            mask |= mayBeDue ? 1L << 32 : 0;
        }

        if (usesSpecialCategory)
        {
            mask |= !(mayBeValid && f.ConsentExplicit) ? 1L << 33 : !(valid && f.ConsentExplicit) ? 1L << 34 : 0;
        }

        if (childDirected && f.ConsentParental != true)
        {
            mask |= f.SubjectAge < 16 ? 1L << 35 : f.SubjectAge is null ? 1L << 36 : 0;
        }

        mask |= status == "none" && !f.ConsentOtherScope && f.SubscriberType == "corporate" ? 1L << 38 : 0;
        return mask;
    }

    private static bool IsOdd(long? instant) => instant is < Earliest or > Latest;
}
