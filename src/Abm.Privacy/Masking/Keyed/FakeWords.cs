namespace Abm.Privacy.Masking.Keyed;

/// <summary>
/// The words of the built-in templates. Whoever changes a word raises the version of its dictionary: a test compares each version with the
/// digest of its words.
/// </summary>
internal static class FakeWords
{
    private const string First =
        "Ada Adele Adrian Agnes Aidan Alba Albert Alena Alma Amara Amos Anders Anika Anton Arda Ariel Arlo Astrid Aurel Ava Bela Benno Bernard Bianca "
        + "Birgit Boris Brigid Bruno Calla Camille Carl Carmen Cecil Celeste Chiara Clara Claude Colin Cora Cyril Dagmar Dalia Dana Darius Davin Delia "
        + "Denis Diana Dora Duncan Edda Edgar Edith Edmund Egon Elena Elias Elin Elsa Emil Emma Enid Enzo Erik Esme Esther Ethan Eva Fabian Farah Felix "
        + "Fergus Fiona Flora Florian Franca Frida Gareth Gemma Georg Gerda Gideon Gilda Gloria Greta Guido Gustav Hana Hanno Hazel Hedda Hector Helena "
        + "Henrik Hilda Holly Hugo Ibrahim Ida Igor Ilse Imran Ines Ingrid Irene Iris Isaac Ismay Ivan Ivo Jakob Jana Jasper Joan Jonas Josef Judith "
        + "Julius Juno Kaja Karim Karl Katya Keira Kerstin Kilian Klara Lara Lars Laszlo Leah Leif Lena Leon Leta Levi Lidia Linus Lola Lorenz Luca "
        + "Lucia Ludo Luisa Lydia Magda Malik Mara Marco Marit Marlon Mathis Matilda Maud Mila Milan Mira Moritz Nadia Naomi Nell Niall Nico Nina Noah "
        + "Nora Odette Olaf Oleg Olga Oscar Otis Otto Paloma Paula Pavel Petra Phoebe Piet Quentin Rafael Ragna Ramona Reza Rhea Robin Rosa Rufus "
        + "Sabine Salim Selma Silas Sonja Sven Talia Theo Thora Tilda Tomas Ursula";

    private const string AdjectiveList =
        "Amber Ancient Arctic Autumn Azure Blue Bold Brass Bright Bronze Calm Cedar Clear Cobalt Copper Coral Crimson Crystal Daring Deep Distant "
        + "Early Ebony Emerald Evening Fair Gentle Gilded Golden Grand Granite Green Hidden Hollow Honest Humble Indigo Iron Ivory Jade Keen Kind "
        + "Lively Lofty Lone Lucky Lunar Marble Mellow Merry Misty Modern Morning Noble Northern Olive Opal Orange Pearl Plain Polar Proud Quiet Rapid "
        + "Red Rising Royal Ruby Rustic Sable Saffron Scarlet Secret Serene Silent Silver Simple Slow Snowy Solar Southern Spring Stable Steady Stone "
        + "Summer Sunny Swift Tall Teal Tender Tidal Velvet Violet Vivid Warm Western White Wild Winter";

    private const string NounList =
        "Acorn Anchor Anvil Apple Arrow Aspen Badger Basin Beacon Beaver Bell Birch Bramble Bridge Brook Candle Canyon Castle Cherry Clover Comet "
        + "Compass Cove Crane Creek Dahlia Delta Drum Eagle Elm Falcon Feather Fern Finch Flint Forge Fountain Fox Garnet Glacier Grove Harbor Hare "
        + "Harvest Heath Heron Hill Hornet Island Ivy Juniper Kestrel Kettle Lagoon Lantern Lark Laurel Ledge Lily Lynx Magnet Maple Marsh Meadow Mill "
        + "Moss Needle Nettle Oak Orchard Otter Owl Paddle Pebble Pepper Pine Plover Pond Prairie Quarry Raven Reed Ridge River Robin Rook Rowan Saddle "
        + "Sparrow Spruce Starling Thistle Thorn Tower Valley Walnut Willow Wren Yarrow Zephyr";

    // codes in use in the United States: 555-0100 to 555-0199 are set aside for fiction in each of them
    private const string AreaCodeList =
        "201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253 254 256 260 262 267 269 "
        + "270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323 325 330 334 336 337 339 347 351 352 360 361 386 "
        + "401 402 404 405 406 407 408 409 410 412 413 414 415 417 419 423 425 432 434 435 440 443 469 478 479 480 501 502 503 504";

    private static readonly string[] LastNameStarts = Split("Alder Bram Cran Dun Elm Fern Gold Hart Iron Kirk Lang Marl Nether Oak Pem Quill Raven Stan Thorn Wex");
    private static readonly string[] LastNameEnds = Split("bourne by combe dale field ford ley mere ton wick");

    public static FakeWordList FirstNames { get; } = new("first-names", 1, Split(First));

    public static FakeWordList LastNames { get; } = new("last-names", 1, AllLastNames());

    public static FakeWordList LowerFirstNames { get; } = new("lower-first-names", 1, Split(First).Select(name => name.ToLowerInvariant()));

    public static FakeWordList LowerLastNames { get; } = new("lower-last-names", 1, AllLastNames().Select(name => name.ToLowerInvariant()));

    public static FakeWordList Adjectives { get; } = new("adjectives", 1, Split(AdjectiveList));

    public static FakeWordList Nouns { get; } = new("nouns", 1, Split(NounList));

    public static FakeWordList PlaceEndings { get; } = new("place-endings", 1, Split("bury by combe fold gate haven holm leigh mere minster mouth port stead stoke thorpe ton vale wade well worth"));

    public static FakeWordList AreaCodes { get; } = new("area-codes", 1, Split(AreaCodeList));

    public static FakeWordList TwoDigits { get; } = Digits("two-digits", 100, "D2");

    public static FakeWordList FourDigits { get; } = Digits("four-digits", 10_000, "D4");

    private static string[] Split(string words) => words.Split(' ');

    private static IEnumerable<string> AllLastNames() => from start in LastNameStarts from end in LastNameEnds select start + end;

    private static FakeWordList Digits(string name, int count, string format) =>
        new(name, 1, Enumerable.Range(0, count).Select(number => number.ToString(format, System.Globalization.CultureInfo.InvariantCulture)));
}
