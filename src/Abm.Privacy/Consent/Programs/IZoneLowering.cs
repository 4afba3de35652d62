using System.Linq.Expressions;
using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Programs;

/// <summary>Atoms over the time zone: no arithmetic of a database knows the rules of zones.</summary>
internal interface IZoneLowering
{
    /// <summary>Whether the atom, its negation aside, certainly holds, and whether it may hold.</summary>
    (Expression Certain, Expression Possible) Lower(Atom atom, Expression zone);
}
