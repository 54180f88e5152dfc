"""The words of the faculties."""

from collections.abc import Sequence

from empresa_digital.registro.mandatos.tipos import Facultad
from nucleo.textos import gettext as _

FACULTADES: dict[Facultad, tuple[str, str]] = {
    Facultad.ADMINISTRAR: ("Administrar", "Todo lo de abajo, y dar o quitar mandatos."),
    Facultad.VENDER: ("Vender", "Publicar productos y atender pedidos."),
    Facultad.DESPACHAR: ("Despachar", "Mover y entregar envíos."),
    Facultad.OFERTAR: ("Ofertar", "Presentar ofertas en la feria inversa."),
    Facultad.COMPRAR: ("Comprar", "Comprar y publicar convocatorias."),
    Facultad.EVALUAR: ("Evaluar", "Abrir, comparar y adjudicar ofertas."),
    Facultad.PAGAR: ("Pagar", "Mover el dinero de la unidad."),
    Facultad.TRAMITAR: ("Tramitar", "Preparar trámites y datos, sin presentarlos."),
    Facultad.REGULAR: ("Regular", "Inscribir y suspender unidades."),
}


def facultades_en_palabras(facultades: Sequence[str]) -> str:
    return ", ".join(_(FACULTADES[Facultad(f)][0]).lower() for f in facultades)
