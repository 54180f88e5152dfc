"""The words of the faculties."""

from collections.abc import Iterable

from empresa_digital.registro.mandatos.tipos import Facultad
from nucleo.textos import perezoso as _l

FACULTADES: dict[Facultad, tuple[str, str]] = {
    Facultad.ADMINISTRAR: (_l("Administrar"), _l("Todo lo de abajo, y dar o quitar mandatos.")),
    Facultad.CONSULTAR: (_l("Consultar"), _l("Ver la unidad por dentro: historia, mandatos y estados.")),
    Facultad.TRAMITAR: (_l("Tramitar"), _l("Preparar trámites y datos, sin presentarlos.")),
    Facultad.PRESENTAR: (_l("Presentar"), _l("Presentar trámites y declaraciones ante el Estado.")),
    Facultad.FIRMAR: (_l("Firmar"), _l("Firmar documentos en nombre de la unidad.")),
    Facultad.BUZON: (
        _l("Leer el buzón"),
        _l("Recibir las notificaciones legales: al leerlas, la unidad queda notificada."),
    ),
    Facultad.VENDER: (_l("Vender"), _l("Publicar productos y atender pedidos.")),
    Facultad.DESPACHAR: (_l("Despachar"), _l("Mover y entregar envíos.")),
    Facultad.OFERTAR: (_l("Ofertar"), _l("Presentar ofertas en la feria inversa.")),
    Facultad.COMPRAR: (_l("Comprar"), _l("Comprar y publicar convocatorias.")),
    Facultad.EVALUAR: (_l("Evaluar"), _l("Abrir, comparar y adjudicar ofertas.")),
    Facultad.PAGAR: (_l("Pagar"), _l("Mover el dinero de la unidad.")),
    Facultad.REGULAR: (_l("Regular"), _l("Inscribir y suspender unidades.")),
}


def facultades_en_palabras(facultades: Iterable[str]) -> str:
    """What they let one do, in the order in which they are asked for; all of them, by one word."""
    tiene = {Facultad(f) for f in facultades}
    if Facultad.ADMINISTRAR in tiene:
        tiene &= {Facultad.ADMINISTRAR, Facultad.REGULAR}
    return ", ".join(str(nombre).lower() for f, (nombre, _ayuda) in FACULTADES.items() if f in tiene)
