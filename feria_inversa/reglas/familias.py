"""What families of UNSPSC are called, for who sells and does not know the codes."""

from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

RUBROS = {
    "5310": _l("Ropa y uniformes"),
    "5311": _l("Calzado"),
    "1116": _l("Telas"),
    "5011": _l("Carne y aves"),
    "5013": _l("Leche y huevos"),
    "5018": _l("Pan y repostería"),
    "5019": _l("Comida preparada"),
    "5020": _l("Bebidas"),
    "5022": _l("Cereales y granos"),
    "9010": _l("Servicio de comida y refrigerio"),
    "5611": _l("Muebles de oficina"),
    "5612": _l("Muebles de escuela"),
    "4412": _l("Material de escritorio"),
    "1411": _l("Papel"),
    "8212": _l("Imprenta y fotocopias"),
    "4321": _l("Computadoras"),
    "4713": _l("Material de limpieza"),
    "7611": _l("Servicio de limpieza"),
    "3011": _l("Cemento, cal y yeso"),
    "3010": _l("Fierro y perfiles"),
    "3120": _l("Pegamentos y pinturas"),
    "2510": _l("Vehículos"),
    "2517": _l("Repuestos de vehículos"),
    "1510": _l("Combustibles"),
    "7811": _l("Transporte de personas"),
    "4213": _l("Ropa y textiles médicos"),
    "4218": _l("Equipo para diagnóstico"),
    "5110": _l("Medicamentos contra infecciones"),
}
"""Families of UNSPSC that people look for by name; any other is asked for by its number."""
FAMILIAS = RUBROS | {
    "1016": _l("Plantas y flores"),
    "1017": _l("Abonos y herbicidas"),
    "1115": _l("Fibras e hilos"),
    "1235": _l("Compuestos químicos"),
    "2513": _l("Aeronaves y drones"),
    "2516": _l("Bicicletas"),
    "2612": _l("Cables y alambres"),
    "2711": _l("Herramientas de mano"),
    "3015": _l("Techos y acabados exteriores"),
    "3017": _l("Puertas, ventanas y vidrios"),
    "3116": _l("Ferretería"),
    "3911": _l("Iluminación"),
    "4110": _l("Equipo de laboratorio"),
    "4111": _l("Instrumentos de medición"),
    "4214": _l("Insumos para el cuidado de pacientes"),
    "4217": _l("Equipo de urgencias médicas"),
    "4219": _l("Equipo de hospital"),
    "4322": _l("Equipos de red"),
    "4410": _l("Máquinas de oficina"),
    "4411": _l("Accesorios de oficina"),
    "4618": _l("Ropa y equipo de protección"),
    "4619": _l("Protección contra incendios"),
    "4712": _l("Equipo de limpieza"),
    "5010": _l("Frutas y frutos secos"),
    "5015": _l("Aceites y grasas comestibles"),
    "5016": _l("Chocolates, azúcar y dulces"),
    "5017": _l("Condimentos y conservas"),
    "5030": _l("Fruta fresca"),
    "5212": _l("Ropa de cama y mantelería"),
    "5610": _l("Muebles"),
    "6014": _l("Juguetes y juegos"),
    "7210": _l("Mantenimiento de edificios"),
    "8014": _l("Promoción y distribución"),
    "8111": _l("Servicios informáticos"),
    "9013": _l("Espectáculos y sonido"),
}
"""All that have a name here: many to choose from, few where one is only told."""


def nombre_de_familia(codigo: str) -> str:
    if codigo in FAMILIAS:
        return f"{codigo} · {FAMILIAS[codigo]}"
    return _("Familia UNSPSC %(codigo)s") % {"codigo": codigo}


def familia_en_frase(codigo: str) -> str:
    """«Lo que se pida de …»; with its code, which is what is looked for."""
    if codigo in FAMILIAS:
        return _("«%(nombre)s» (UNSPSC %(codigo)s)") % {"nombre": FAMILIAS[codigo], "codigo": codigo}
    return _("la familia UNSPSC %(codigo)s") % {"codigo": codigo}


def familias_para_elegir(elegida: str) -> list[tuple[str, str]]:
    """With what a link asked for and the list does not have, so that looking again does not lose it."""
    familias = [(codigo, str(nombre)) for codigo, nombre in RUBROS.items()]
    falta = elegida and elegida not in RUBROS
    return [*familias, (elegida, nombre_de_familia(elegida))] if falta else familias
