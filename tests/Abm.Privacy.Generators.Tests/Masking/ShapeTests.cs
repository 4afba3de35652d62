using Abm.Privacy.Generators.Tests.Support;

namespace Abm.Privacy.Generators.Tests.Masking;

/// <summary>Every shape of a type: the generated code is compiled without a warning, run, and its result compared.</summary>
public class ShapeTests
{
    [Fact]
    public void A_class_with_setters() => AssertRun(
        """
        public class Contact
        {
            [Classified(DataClasses.NotPersonal)] public int Id { get; set; }
            [Classified(DataClasses.Email)] public string Email { get; set; } = "";
            [Classified(DataClasses.PersonName)] public string? Name { get; set; }
            [Classified(DataClasses.BirthDate)] public DateOnly? Born { get; set; }
            public string Notes { get; set; } = "none";
            public int Age { get; set; }
        }
        """,
        "new Contact { Id = 7, Email = \"jane@example.com\", Name = \"Jane Doe\", Born = new DateOnly(1980, 5, 4), Notes = \"SECRET\", Age = 44 }",
        "copy => $\"{copy.Id} {copy.Email} {copy.Name} {copy.Born} {copy.Notes} {copy.Age}\"",
        "7 j***@example.com J*** D***  none 0",
        """{"Id":7,"Email":"j***@example.com","Name":"J*** D***","Born":"","Notes":null,"Age":null}""",
        "Contact { Id = 7, Email = j***@example.com, Name = J*** D***, Born =  }");

    [Fact]
    public void A_positional_record_with_the_class_on_parameter_or_property() => AssertRun(
        """
        public sealed record Contact([Classified(DataClasses.Email)] string Email, [property: Classified(DataClasses.Phone)] string? Phone, string Note)
        {
            [Classified(DataClasses.PersonName)] public string Initial => Email.Substring(0, 1);
        }
        """,
        "new Contact(\"jane@example.com\", \"+4930123456\", \"SECRET\")",
        "copy => $\"{copy.Email} {copy.Phone} [{copy.Note}] {copy.Initial}\"",
        "j***@example.com ***56 [] j",
        """{"Email":"j***@example.com","Phone":"***56","Note":null,"Initial":"***"}""",
        "Contact { Email = j***@example.com, Phone = ***56, Initial = *** }");

    [Fact]
    public void A_record_that_has_the_class_on_its_property_alone() => AssertRun(
        "public record Contact([property: Classified(DataClasses.Email)] string Email);",
        "new Contact(\"jane@example.com\")", "copy => copy.Email", "j***@example.com", """{"Email":"j***@example.com"}""", "Contact { Email = j***@example.com }");

    [Fact]
    public void Structs_and_record_structs() => AssertRun(
        """
        public readonly struct Point { [Classified(DataClasses.Email)] public string? Email { get; init; } [Classified(DataClasses.Phone)] public readonly string Phone; public Point(string phone) => Phone = phone; }
        public record struct Pair([Classified(DataClasses.Email)] string Email, Point? Point);
        """,
        "new Pair(\"jane@example.com\", new Point(\"+4930123456\") { Email = \"omar@example.com\" })",
        "copy => $\"{copy.Email} {copy.Point!.Value.Email} {copy.Point!.Value.Phone} {new Pair(\"\", null).MaskedCopy(masker).Point is null}\"",
        "j***@example.com o***@example.com ***56 True",
        """{"Email":"j***@example.com","Point":{"Email":"o***@example.com"}}""",
        "Pair { Email = j***@example.com, Point = Point { Email = o***@example.com, Phone = ***56 } }");

    [Fact]
    public void Init_only_and_required_members_and_fields() => AssertRun(
        """
        public class Contact
        {
            [Classified(DataClasses.Email)] public required string Email { get; init; }
            public required string Note { get; init; }
            public required int? Count;
            public required Guid Other { get; init; }
            [Classified(DataClasses.Phone), JsonInclude] public string Phone = "";
        }
        """,
        "new Contact { Email = \"jane@example.com\", Note = \"SECRET\", Count = 5, Other = Guid.Empty, Phone = \"+4930123456\" }",
        "copy => $\"{copy.Email} [{copy.Note}] {copy.Count} {copy.Other == default} {copy.Phone}\"",
        "j***@example.com []  True ***56",
        """{"Email":"j***@example.com","Note":null,"Other":null,"Phone":"***56"}""",
        "Contact { Email = j***@example.com, Phone = ***56 }");

    [Fact]
    public void A_primary_constructor_of_a_class() => AssertRun(
        """
        public class Contact(string email, int id)
        {
            [Classified(DataClasses.Email)] public string Email => email;
            [Classified(DataClasses.NotPersonal)] public int Id { get; } = id;
        }
        """,
        "new Contact(\"jane@example.com\", 7)", "copy => $\"{copy.Email} {copy.Id}\"", "j***@example.com 7",
        """{"Email":"j***@example.com","Id":7}""", "Contact { Email = j***@example.com, Id = 7 }");

    [Fact]
    public void Nested_types_and_objects_within_objects() => AssertRun(
        """
        public static class Crm
        {
            public sealed class Contact
            {
                [Classified(DataClasses.Email)] public string Email { get; set; } = "";
                public Address? Home { get; set; }
                public Plain Plain { get; set; } = new();
                [Classified(DataClasses.PersonName)] public Parts? Name { get; set; }
                internal sealed record Address([Classified(DataClasses.PersonName)] string Street, string City);
            }
            public sealed class Parts { public string First { get; set; } = ""; [Classified(DataClasses.NotPersonal)] public string Title { get; set; } = ""; }
            public sealed class Plain { public string Text { get; set; } = "p"; [JsonIgnore] public int Number { get; set; } }
        }
        """.Replace("internal sealed record", "public sealed record", StringComparison.Ordinal),
        "new Crm.Contact { Email = \"jane@example.com\", Home = new(\"Elm\", \"SECRET\"), Plain = new() { Text = \"SECRET\", Number = 4 }, Name = new() { First = \"Jane\", Title = \"Dr\" } }",
        "copy => $\"{copy.Email} {copy.Home!.Street} [{copy.Home.City}] {copy.Plain.Text}{copy.Plain.Number} {copy.Name!.First} {copy.Name.Title}\"",
        "j***@example.com E*** [] p0 J*** Dr",
        """{"Email":"j***@example.com","Home":{"Street":"E***","City":null},"Plain":{"Text":null},"Name":{"First":"J***","Title":"Dr"}}""",
        "Contact { Email = j***@example.com, Home = Address { Street = E*** }, Plain = Plain { }, Name = Parts { First = J***, Title = Dr } }");

    [Fact]
    public void Collections_of_every_kind() => AssertRun(
        """
        public sealed class Contact
        {
            [Classified(DataClasses.Email)] public string[] Array { get; set; } = [];
            [Classified(DataClasses.Email)] public List<string?>? List { get; set; }
            [Classified(DataClasses.Email)] public IReadOnlyList<string> ReadOnly { get; init; } = [];
            [Classified(DataClasses.Email)] public IEnumerable<string> Sequence { get; init; } = [];
            [Classified(DataClasses.Email)] public ImmutableArray<string> Immutable { get; init; }
            [Classified(DataClasses.Email)] public HashSet<string> Set { get; init; } = [];
            [Classified(DataClasses.Email)] public System.Collections.ObjectModel.ObservableCollection<string> Observed { get; init; } = [];
            [Classified(DataClasses.Email)] public ImmutableArray<string>? Maybe { get; init; }
            [Classified(DataClasses.Email)] public Stack<string> Stack { get; init; } = [];
            [Classified(DataClasses.Email)] public List<string[]> Nested { get; init; } = [];
            public List<E164Phone> Phones { get; } = [default];
            public Part[] Parts { get; init; } = [];
            public List<string> Unknown { get; } = [];
            [Classified(DataClasses.NotPersonal)] public int[] Kept { get; init; } = [];
        }
        public sealed record Part([Classified(DataClasses.PersonName)] string Name);
        """,
        """
        new Contact
        {
            Array = ["a1@example.com", "b1@example.com"], List = ["c1@example.com", null], ReadOnly = ["d1@example.com"], Sequence = ["e1@example.com"], Immutable = ["f1@example.com"],
            Set = ["g1@example.com", "g2@example.com"], Observed = ["h1@example.com"], Maybe = ["i1@example.com"], Stack = new(["j1@example.com", "k1@example.com"]), Nested = [["l1@example.com"]],
            Phones = { E164Phone.Parse("+4930123456") }, Parts = [new("Jane")], Unknown = { "SECRET" }, Kept = [1, 2],
        }
        """,
        "copy => string.Join(' ', [..copy.Array, ..copy.List!, ..copy.ReadOnly, ..copy.Sequence, ..copy.Immutable, ..copy.Set, ..copy.Observed, ..copy.Maybe!.Value, ..copy.Stack, ..copy.Nested[0], $\"{copy.Phones.Count} {copy.Phones[1] == default}\", copy.Parts[0].Name, copy.Unknown.Count, ..copy.Kept.Select(k => k.ToString())])",
        "a***@example.com b***@example.com c***@example.com  d***@example.com e***@example.com f***@example.com g***@example.com h***@example.com i***@example.com k***@example.com j***@example.com l***@example.com 2 True J*** 0 1 2",
        """{"Array":["a***@example.com","b***@example.com"],"List":["c***@example.com",""],"ReadOnly":["d***@example.com"],"Sequence":["e***@example.com"],"Immutable":["f***@example.com"],"Set":["g***@example.com","g***@example.com"],"Observed":["h***@example.com"],"Maybe":["i***@example.com"],"Stack":["k***@example.com","j***@example.com"],"Nested":[["l***@example.com"]],"Phones":["","***56"],"Parts":[{"Name":"J***"}],"Unknown":null,"Kept":[1,2]}""",
        "Contact { Array = [a***@example.com, b***@example.com], List = [c***@example.com, ], ReadOnly = [d***@example.com], Sequence = [e***@example.com], Immutable = [f***@example.com], Set = [g***@example.com, g***@example.com], Observed = [h***@example.com], Maybe = [i***@example.com], Stack = [k***@example.com, j***@example.com], Nested = [[l***@example.com]], Phones = [, ***56], Parts = [Part { Name = J*** }], Kept = [1, 2] }");

    [Fact]
    public void Dictionaries_and_their_keys() => AssertRun(
        """
        public sealed class Contact
        {
            [Classified(DataClasses.Email)] public Dictionary<string, string> Both { get; set; } = [];
            public Dictionary<string, Part> Parts { get; } = [];
            public IReadOnlyDictionary<int, Part> Numbers { get; init; } = new Dictionary<int, Part>();
            [Classified(DataClasses.NotPersonal)] public SortedDictionary<string, Part> Kept { get; init; } = [];
            public ImmutableDictionary<string, string>? Unknown { get; init; }
        }
        public sealed record Part([Classified(DataClasses.PersonName)] string Name);
        """,
        """
        new Contact
        {
            Both = { ["aa@example.com"] = "bb@example.com", ["ab@example.com"] = "cc@example.com" }, Parts = { ["SECRET"] = new("Jane") }, Numbers = new Dictionary<int, Part> { [123456] = new("Omar") },
            Kept = { ["main"] = new("Zoe") }, Unknown = ImmutableDictionary<string, string>.Empty.Add("SECRET", "SECRET"),
        }
        """,
        "copy => string.Join(' ', [..copy.Both.Select(b => b.Key + \"=\" + b.Value), ..copy.Parts.Select(p => p.Key + \"=\" + p.Value.Name), copy.Numbers.Count, ..copy.Kept.Select(p => p.Key + \"=\" + p.Value.Name), copy.Unknown is null])",
        "a***@example.com=b***@example.com a***@example.com#2=c***@example.com #1=J*** 0 main=Z*** True",
        """{"Both":{"a***@example.com":"b***@example.com","a***@example.com#2":"c***@example.com"},"Parts":{"#1":{"Name":"J***"}},"Numbers":{"#1":{"Name":"O***"}},"Kept":{"main":{"Name":"Z***"}},"Unknown":null}""",
        "Contact { Both = [b***@example.com, c***@example.com], Parts = [Part { Name = J*** }], Numbers = [Part { Name = O*** }], Kept = [Part { Name = Z*** }] }");

    [Fact]
    public void Generic_types_open_and_closed() => AssertRun(
        """
        public class Page<T> where T : notnull { public List<T> Items { get; init; } = []; [Classified(DataClasses.PersonName)] public string Owner { get; init; } = ""; [Classified(DataClasses.Email)] public T? Main { get; init; } }
        public sealed record Contact([Classified(DataClasses.Email)] string Email);
        public sealed class Book { public Page<Contact> Contacts { get; init; } = new(); [Classified(DataClasses.Email)] public string Contact { get; init; } = ""; }
        """,
        "new Book { Contacts = new() { Items = { new(\"jane@example.com\") }, Owner = \"Omar\" }, Contact = \"zoe@example.com\" }",
        """
        copy => $"{copy.Contacts.Items[0].Email} {copy.Contacts.Owner} {copy.Contact}"
            + $" {copy.Contacts.MaskedCopy(masker).Items[0].Email}"
            + $" {new Page<Contact> { Items = { new("jane@example.com") } }.MaskedCopy(masker).Items[0].Email}"
            + string.Join(" ", new[] { new Page<string> { Items = { "SECRET" }, Main = "omar@example.com" }.MaskedCopy(masker) }.Select(texts => $" [{texts.Items[0]}] {texts.Main}"))
            + string.Join(" ", new[] { new Page<int> { Items = { 5 }, Main = 6 }.MaskedCopy(masker) }.Select(numbers => $" {numbers.Items[0]}{numbers.Main}"))
            + $" {new Page<Contact> { Items = { new("jane@example.com") } }.Masked(masker)}"
        """,
        "j***@example.com O*** z***@example.com j***@example.com j***@example.com [] o***@example.com 00 Page { Items = [Contact { Email = j***@example.com }], Owner = , Main = *** }",
        """{"Contacts":{"Items":[{"Email":"j***@example.com"}],"Owner":"O***","Main":null},"Contact":"z***@example.com"}""",
        "Book { Contacts = Page { Items = [Contact { Email = j***@example.com }], Owner = O***, Main =  }, Contact = z***@example.com }");

    [Fact]
    public void Derived_types_are_masked_as_what_they_are() => AssertRun(
        """
        public abstract class Party { [Classified(DataClasses.PersonName)] public virtual string Name { get; set; } = ""; }
        public class Person : Party { public override string Name { get; set; } = ""; [Classified(DataClasses.Email)] public string Email { get; set; } = ""; }
        public sealed class Employee : Person { [Classified(DataClasses.Phone)] public string Phone { get; set; } = ""; }
        public sealed class Company : Party { public string Secret { get; set; } = ""; }
        public sealed class Team { public List<Party> Members { get; } = []; [Classified(DataClasses.NotPersonal)] public int Id { get; set; } }
        """,
        "new Team { Members = { new Employee { Name = \"Jane\", Email = \"jane@example.com\", Phone = \"+4930123456\" }, new Person { Name = \"Omar\", Email = \"omar@example.com\" }, new Company { Name = \"Acme\", Secret = \"SECRET\" } } }",
        "copy => string.Join(' ', copy.Members.Select(m => m.GetType().Name + m.Name + (m as Person)?.Email + (m as Employee)?.Phone + (m as Company)?.Secret)) + ((Party)new Employee { Email = \"jane@example.com\" }).MaskedCopy(masker).GetType().Name",
        "EmployeeJ***j***@example.com***56 PersonO***o***@example.com CompanyA***Employee",
        """{"Members":[{"Name":"J***","Email":"j***@example.com","Phone":"***56"},{"Name":"O***","Email":"o***@example.com"},{"Name":"A***","Secret":null}],"Id":0}""",
        "Team { Members = [Employee { Name = J***, Email = j***@example.com, Phone = ***56 }, Person { Name = O***, Email = o***@example.com }, Company { Name = A*** }], Id = 0 }");

    [Fact]
    public void Protected_values_and_typed_identifiers() => AssertRun(
        """
        public sealed class Contact
        {
            [Classified(DataClasses.Email)] public Protected<string>? Open { get; set; }
            [Classified(DataClasses.Email)] public Protected<string>? Sealed { get; set; }
            [Classified(DataClasses.BirthDate)] public Protected<DateOnly>? Born { get; set; }
            public Protected<string>? Unknown { get; set; }
            public EmailAddress Email { get; set; }
            public EmailAddress? Second { get; set; }
            public DomainName Domain { get; set; }
        }
        """,
        "new Contact { Open = \"jane@example.com\", Sealed = Protected<string>.FromEnvelope([1, 2, 3]), Born = new DateOnly(1980, 1, 1), Unknown = \"SECRET\", Email = EmailAddress.Parse(\"jane@example.com\"), Domain = DomainName.Parse(\"example.com\") }",
        "copy => $\"{copy.Open!.GetValue()} {copy.Sealed!.State} {copy.Born!.State} {copy.Unknown is null} {copy.Email == default} {copy.Second is null} {copy.Domain.Value} {copy.Sealed.Envelope.Length}\"",
        "j***@example.com Sealed Sealed True True True example.com 0",
        """{"Open":"j***@example.com","Sealed":"[protected]","Born":"","Unknown":null,"Email":"j***@example.com","Second":"","Domain":"example.com"}""",
        "Contact { Open = j***@example.com, Sealed = [protected], Born = , Email = j***@example.com, Second = , Domain = example.com }");

    [Fact]
    public void Values_that_are_no_text_are_kept_only_where_the_mask_shows_them()
    {
        const string Source = """
            public enum Level { Low = 1, High = 2 }
            public sealed class Facts
            {
                [Classified("hr.number")] public int Number { get; init; }
                [Classified("hr.date")] public DateTimeOffset? At { get; init; }
                [Classified("hr.number")] public decimal? Salary { get; init; }
                [Classified("hr.number")] public bool Flag { get; init; }
                [Classified("hr.number")] public Level Level { get; init; }
                [Classified("hr.number")] public byte[] Bytes { get; init; } = [];
                [Classified("hr.number")] public Guid Id { get; init; }
                [Classified("hr.number")] public Uri? Home { get; init; }
                [Classified(DataClasses.NotPersonal)] public Level? Kept { get; init; }
                [Classified(DataClasses.NotPersonal)] public bool KeptFlag { get; init; }
                [Classified(DataClasses.NotPersonal)] public DateOnly KeptDate { get; init; }
            }
            """;
        const string Made = "new Facts { Number = 42, At = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero), Salary = 12.50m, Flag = true, Level = Level.High, Bytes = [1, 2], Id = Guid.Parse(\"5f4a3d9e-0f4c-4c5e-9c1a-2f3b4c5d6e7f\"), Home = new Uri(\"https://example.com/SECRET\"), Kept = Level.Low, KeptFlag = true, KeptDate = new DateOnly(2026, 1, 2) }";
        const string Shown = "copy => string.Join(' ', copy.Number, copy.At?.Year, copy.Salary?.ToString(System.Globalization.CultureInfo.InvariantCulture), copy.Flag, copy.Level, copy.Bytes.Length, copy.Id == default, copy.Home is null, copy.Kept, copy.KeptFlag, copy.KeptDate.Year)";

        AssertRun(
            Source, Made, Shown, "0   False 0 0 True True Low True 2026",
            """{"Number":"","At":"","Salary":"","Flag":"","Level":"","Bytes":"","Id":"","Home":"","Kept":1,"KeptFlag":true,"KeptDate":"2026-01-02"}""",
            "Facts { Number = , At = , Salary = , Flag = , Level = , Bytes = , Id = , Home = , Kept = Low, KeptFlag = true, KeptDate = 2026-01-02 }");

        var options = new Abm.Privacy.Masking.MaskingOptions { Classes = { ["hr.number"] = "clear", ["hr.date"] = "keep-first:4" } };
        AssertRun(
            Source, Made.Replace("SECRET", "", StringComparison.Ordinal), Shown, "42  12.50 True High 2 False False Low True 2026",
            """{"Number":"42","At":"2026***","Salary":"12.50","Flag":"true","Level":"High","Bytes":"AQI=","Id":"5f4a3d9e-0f4c-4c5e-9c1a-2f3b4c5d6e7f","Home":"https://example.com/","Kept":1,"KeptFlag":true,"KeptDate":"2026-01-02"}""",
            "Facts { Number = 42, At = 2026***, Salary = 12.50, Flag = true, Level = High, Bytes = AQI=, Id = 5f4a3d9e-0f4c-4c5e-9c1a-2f3b4c5d6e7f, Home = https://example.com/, Kept = Low, KeptFlag = true, KeptDate = 2026-01-02 }",
            new Abm.Privacy.Masking.Masker(options));
    }

    [Fact]
    public void The_names_and_conditions_of_JSON_are_kept() => AssertRun(
        """
        public sealed class Contact
        {
            [Classified(DataClasses.Email), JsonPropertyName("e-mail"), JsonPropertyOrder(2)] public string Email { get; set; } = "";
            [Classified(DataClasses.Phone), JsonIgnore] public string Phone { get; set; } = "";
            [Classified(DataClasses.PersonName), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Name { get; set; }
            [Classified(DataClasses.NotPersonal), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Count { get; set; }
            [Classified(DataClasses.NotPersonal), JsonPropertyName("\u00e9\"")] public int Odd { get; set; } = 1;
            [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; }
            [Classified(DataClasses.NationalId)] private string TaxId { get; set; } = "SECRET";
            public string Tail() => TaxId.Substring(0, 1);
        }
        """,
        "new Contact { Email = \"jane@example.com\", Phone = \"+4930123456\", More = new() { [\"SECRET\"] = default } }",
        "copy => $\"{copy.Email} {copy.Phone} {copy.More is null}\"",
        "j***@example.com ***56 True",
        "{\"\u00e9\\\"\":1,\"e-mail\":\"j***@example.com\"}",
        "Contact { Email = j***@example.com, Phone = ***56, Name = , Count = 0, Odd = 1 }");

    [Fact]
    public void A_type_that_says_what_its_values_are() => AssertRun(
        """
        [Classified(DataClasses.PersonName)] public sealed class Score { public string Opens { get; set; } = ""; [Classified(DataClasses.NotPersonal)] public string Model { get; set; } = ""; }
        [Classified(DataClasses.NotPersonal)] public sealed class Order { public int Id { get; set; } public string Text { get; set; } = ""; [Classified(DataClasses.Email)] public string Email { get; set; } = ""; public Score? Score { get; set; } }
        """,
        "new Order { Id = 4, Text = \"kept\", Email = \"jane@example.com\", Score = new() { Opens = \"Jane\", Model = \"m1\" } }",
        "copy => $\"{copy.Id} {copy.Text} {copy.Email} {copy.Score!.Opens} {copy.Score.Model}\"",
        "4 kept j***@example.com J*** m1",
        """{"Id":4,"Text":"kept","Email":"j***@example.com","Score":{"Opens":"J***","Model":"m1"}}""",
        "Order { Id = 4, Text = kept, Email = j***@example.com, Score = Score { Opens = J***, Model = m1 } }");

    [Fact]
    public void Objects_that_lead_to_their_own_type() => AssertRun(
        """
        public class Contact { [Classified(DataClasses.Email)] public string Email { get; set; } = ""; public Contact? Manager { get; set; } public List<Contact> Reports { get; } = []; }
        public sealed class Boss : Contact { }
        """,
        "new Contact { Email = \"jane@example.com\", Manager = new Boss { Email = \"omar@example.com\" } }",
        """
        copy =>
        {
            var (a, b) = (new Contact(), new Boss());
            (a.Manager, b.Manager) = (b, a);
            a.Reports.Add(b);
            string error = "";
            try { a.MaskedCopy(masker); } catch (InvalidOperationException) { error = "copy"; }
            try { Json.Of(writer => a.WriteMasked(writer, masker)); } catch (InvalidOperationException) { error += " json"; }
            return $"{copy.Manager!.Email} {copy.Manager.GetType().Name} {error} {a.Masked(masker)}";
        }
        """,
        "o***@example.com Boss copy json Contact { Email = , Manager = Boss { Email = , Manager = ***, Reports = [] }, Reports = [Boss { Email = , Manager = ***, Reports = [] }] }",
        """{"Email":"j***@example.com","Manager":{"Email":"o***@example.com","Manager":null,"Reports":[]},"Reports":[]}""",
        "Contact { Email = j***@example.com, Manager = Boss { Email = o***@example.com, Manager = , Reports = [] }, Reports = [] }");

    [Fact]
    public void Interfaces_internal_types_keywords_and_namespaces() => AssertRun(
        """
        namespace Shop.@event
        {
            internal interface IParty { [Classified(DataClasses.Email)] string Email { get; } }
            internal sealed class @class : IParty { [Classified(DataClasses.Email)] public string Email { get; init; } = ""; [Classified(DataClasses.PersonName)] public string @return { get; init; } = ""; public IParty? @base { get; init; } }
        }
        """,
        "new Shop.@event.@class { Email = \"jane@example.com\", @return = \"Jane\", @base = new Shop.@event.@class { Email = \"omar@example.com\" } }",
        "copy => $\"{copy.Email} {copy.@return} {copy.@base!.Email}\"",
        "j***@example.com J*** o***@example.com",
        """{"Email":"j***@example.com","return":"J***","base":{"Email":"o***@example.com","return":"","base":null}}""",
        "class { Email = j***@example.com, return = J***, base = class { Email = o***@example.com, return = , base =  } }",
        usings: "using Shop.@event;");

    [Fact]
    public void A_class_declared_on_an_interface_holds_for_what_implements_it() => AssertRun(
        """
        public interface IContact { [Classified(DataClasses.Email)] string Email { get; } }
        public interface IPhone { [Classified(DataClasses.NotPersonal)] string Phone { get; } }
        public class Named { public string Email { get; set; } = ""; }
        public class Lead : Named, IContact { }
        [Classified(DataClasses.NotPersonal)] public class Lead2 : IContact { public string Email { get; set; } = ""; public int Rank { get; set; } }
        public record Lead3(string Email) : IContact;
        [Classified(DataClasses.Phone)] public class Lead4 : IPhone { public string Phone { get; set; } = ""; }
        public class Base { [Classified(DataClasses.Phone)] public string Phone { get; set; } = ""; }
        [Classified(DataClasses.NotPersonal)] public class Hiding : Base { public new string Phone { get; set; } = ""; }
        public class Holder
        {
            [Classified(DataClasses.NotPersonal)] public IContact? By { get; set; }
            [Classified(DataClasses.NotPersonal)] public Lead2? Second { get; set; }
            [Classified(DataClasses.NotPersonal)] public Lead3? Third { get; set; }
            [Classified(DataClasses.NotPersonal)] public Lead4? Fourth { get; set; }
            [Classified(DataClasses.NotPersonal)] public Hiding? Hidden { get; set; }
        }
        """,
        "new Holder { By = new Lead { Email = \"jane@example.com\" }, Second = new Lead2 { Email = \"omar@example.com\", Rank = 3 }, Third = new Lead3(\"zoe@example.com\"), Fourth = new Lead4 { Phone = \"+4930123457\" }, Hidden = new Hiding { Phone = \"+4930123456\" } }",
        "copy => $\"{copy.By!.Email} {copy.Second!.Email} {copy.Second!.Rank} {copy.Third!.Email} {copy.Fourth!.Phone} {copy.Hidden!.Phone}\"",
        "j***@example.com o***@example.com 3 z***@example.com ***57 ***56",
        """{"By":{"Email":"j***@example.com"},"Second":{"Email":"o***@example.com","Rank":3},"Third":{"Email":"z***@example.com"},"Fourth":{"Phone":"***57"},"Hidden":{"Phone":"***56"}}""",
        "Holder { By = Lead { Email = j***@example.com }, Second = Lead2 { Email = o***@example.com, Rank = 3 }, Third = Lead3 { Email = z***@example.com }, Fourth = Lead4 { Phone = ***57 }, Hidden = Hiding { Phone = ***56 } }");

    [Fact]
    public void Sets_and_dictionaries_keep_their_comparer() => AssertRun(
        """
        public class Lists
        {
            [Classified(DataClasses.NotPersonal)] public HashSet<string> Set { get; set; } = new(StringComparer.OrdinalIgnoreCase);
            [Classified(DataClasses.Email)] public ISet<string> Any { get; set; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            [Classified(DataClasses.PersonName)] public SortedSet<string> Sorted { get; set; } = new(StringComparer.OrdinalIgnoreCase);
            [Classified(DataClasses.PersonName)] public Dictionary<string, string> Map { get; set; } = new(StringComparer.OrdinalIgnoreCase);
            [Classified(DataClasses.PersonName)] public IReadOnlyDictionary<string, string>? Read { get; set; }
            [Classified(DataClasses.PersonName)] public SortedDictionary<string, string> Order { get; set; } = new(StringComparer.OrdinalIgnoreCase);
        }
        """,
        "new Lists { Set = { \"a\" }, Any = { \"jane@example.com\" }, Sorted = { \"Jane\" }, Map = { [\"Jane\"] = \"Zoe\" }, Read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [\"Jane\"] = \"Zoe\" }, Order = { [\"Jane\"] = \"Zoe\" } }",
        "copy => $\"{copy.Set.Contains(\"A\")} {copy.Any.Contains(\"J***@EXAMPLE.com\")} {copy.Sorted.Contains(\"j***\")} {copy.Map[\"j***\"]} {copy.Read![\"j***\"]} {copy.Order[\"j***\"]}\"",
        "True True True Z*** Z*** Z***",
        """{"Set":["a"],"Any":["j***@example.com"],"Sorted":["J***"],"Map":{"J***":"Z***"},"Read":{"J***":"Z***"},"Order":{"J***":"Z***"}}""",
        "Lists { Set = [a], Any = [j***@example.com], Sorted = [J***], Map = [Z***], Read = [Z***], Order = [Z***] }");

    private static void AssertRun(string types, string made, string shown, string copy, string json, string text, Abm.Privacy.Masking.IMasker? masker = null, string usings = "")
    {
        var output = Generation.Run(
            $$"""
            {{usings}}
            using System;
            public static class Probe
            {
                public static string Run(IMasker masker)
                {
                    var value = {{made}};
                    var show = Show(value, {{shown}});
                    var text = $"{value.Masked(masker)}";
                    Span<byte> utf8 = new byte[4096];
                    if (!System.Text.Unicode.Utf8.TryWrite(utf8, $"{value.Masked(masker)}", out var written) || System.Text.Encoding.UTF8.GetString(utf8[..written]) != text || value.Masked(masker).ToString() != text) { throw new Exception("the encodings differ"); }
                    return show(value.MaskedCopy(masker)) + "\n" + Json.Of(writer => value.WriteMasked(writer, masker)) + "\n" + text;
                }

                private static Func<T, string> Show<T>(T sample, Func<T, string> show) => show;
            }
            {{types}}
            """.Replace("using System;\npublic", "public", StringComparison.Ordinal),
            masker).Split('\n');

        Assert.Equal(copy, output[0]);
        Assert.Equal(json, output[1]);
        Assert.Equal(text, output[2]);
        Assert.DoesNotContain("SECRET", string.Join("", output), StringComparison.Ordinal);
    }
}
