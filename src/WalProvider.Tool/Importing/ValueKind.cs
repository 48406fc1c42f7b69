namespace WalProvider.Tool;

/// <summary>What one value of a file could be stored as, without losing anything of it.</summary>
internal enum ValueKind
{
    /// <summary>Not there at all: JSON's null, or a key that the object lacks.</summary>
    Missing,

    /// <summary>An empty CSV field.</summary>
    Empty,

    /// <summary>JSON's true and false.</summary>
    Boolean,

    /// <summary>A whole number that a double holds exactly too.</summary>
    Integer,

    /// <summary>A whole number of 64 bits that a double would round.</summary>
    WideInteger,

    /// <summary>A number that comes back from a double with the same digits.</summary>
    Real,

    /// <summary>Anything else.</summary>
    Text,
}
