"""The words of the faculties."""

from collections.abc import Sequence

from empresa_digital.registro.mandatos.tipos import Facultad
from nucleo.textos import perezoso as _l

FACULTADES: dict[Facultad, tuple[str, str]] = {
    Facultad.ADMINISTRAR: (_l("Administrar"), _l("Todo lo de abajo, y dar o quitar mandatos.")),
    Facultad.VENDER: (_l("Vender"), _l("Publicar productos y atender pedidos.")),
    Facultad.DESPACHAR: (_l("Despachar"), _l("Mover y entregar envíos.")),
    Facultad.OFERTAR: (_l("Ofertar"), _l("Presentar ofertas en la feria inversa.")),
    Facultad.COMPRAR: (_l("Comprar"), _l("Comprar y publicar convocatorias.")),
    Facultad.EVALUAR: (_l("Evaluar"), _l("Abrir, comparar y adjudicar ofertas.")),
    Facultad.PAGAR: (_l("Pagar"), _l("Mover el dinero de la unidad.")),
    Facultad.TRAMITAR: (_l("Tramitar"), _l("Preparar trámites y datos, sin presentarlos.")),
    Facultad.REGULAR: (_l("Regular"), _l("Inscribir y suspender unidades.")),
}


def facultades_en_palabras(facultades: Sequence[str]) -> str:
    return ", ".join(str(FACULTADES[Facultad(f)][0]).lower() for f in facultades)
