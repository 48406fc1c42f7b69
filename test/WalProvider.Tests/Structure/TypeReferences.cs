using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace WalProvider.Tests.Structure;

/// <summary>Walks everything of one type definition that can name another type.</summary>
internal sealed class TypeReferences(PEReader image, MetadataReader metadata, ReferenceCollector collector)
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value, code => code.OperandType);

    public void Collect(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        if (!type.BaseType.IsNil)
            collector.Add(type.BaseType);
        foreach (var implementation in type.GetInterfaceImplementations())
            collector.Add(metadata.GetInterfaceImplementation(implementation).Interface);
        AddConstraints(type.GetGenericParameters());
        AddAttributes(type.GetCustomAttributes());
        foreach (var field in type.GetFields().Select(metadata.GetFieldDefinition))
        {
            field.DecodeSignature(collector, null);
            AddAttributes(field.GetCustomAttributes());
        }

        foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition))
            AddMethod(method);
    }

    private void AddMethod(MethodDefinition method)
    {
        method.DecodeSignature(collector, null);
        AddConstraints(method.GetGenericParameters());
        AddAttributes(method.GetCustomAttributes());
        // A P/Invoke or abstract method has no body.
        if (method.RelativeVirtualAddress == 0)
            return;
        var body = image.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            collector.Add(body.LocalSignature);
        foreach (var region in body.ExceptionRegions.Where(region => !region.CatchType.IsNil))
            collector.Add(region.CatchType);
        AddInstructions(body.GetILReader());
    }

    private void AddInstructions(BlobReader il)
    {
        while (il.RemainingBytes > 0)
        {
            int code = il.ReadByte();
            // ECMA-335 III.1.9: 0xFE announces a second byte.
            if (code == 0xFE)
                code = 0xFE00 | il.ReadByte();
            switch (Operands[code])
            {
                case OperandType.InlineType or OperandType.InlineMethod or OperandType.InlineField
                    or OperandType.InlineTok or OperandType.InlineSig:
                    collector.Add(MetadataTokens.EntityHandle(il.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    var targets = il.ReadInt32();
                    il.Offset += targets * sizeof(int);
                    break;
                default:
                    il.Offset += SizeOf(Operands[code]);
                    break;
            }
        }
    }

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    private void AddConstraints(GenericParameterHandleCollection parameters)
    {
        foreach (var constraint in parameters.SelectMany(parameter => metadata.GetGenericParameter(parameter).GetConstraints()))
            collector.Add(metadata.GetGenericParameterConstraint(constraint).Type);
    }

    private void AddAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes)
            collector.Add(metadata.GetCustomAttribute(attribute).Constructor);
    }
}
