"""The registry in the home page and in the search over the whole place."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from empresa_digital.registro.catalogos import lugares, nombres_de_actividades
from empresa_digital.registro.consulta.buscar import buscar_unidades
from empresa_digital.registro.unidades import EstadoUnidad, Unidad, contar_inscritas, nombre_de_tipo
from nucleo.paginacion import CursorPedido
from nucleo.textos import gettext as _
from nucleo.vitrina import MAXIMO_CONTADO, Escaparate, Seccion, hasta, registrar

POCAS = CursorPedido(None, 6)


@dataclass(frozen=True, slots=True)
class TarjetaUnidad:
    url: str
    nombre: str
    tipo: str
    lugar: str
    actividad: str
    numero: str


def portada(sesion: Session) -> Seccion:
    """The newest units, and how many are registered."""
    nuevas, _siguiente = buscar_unidades(sesion, estados=[EstadoUnidad.INSCRITA], pagina=POCAS)
    inscritas = contar_inscritas(sesion, MAXIMO_CONTADO)
    cifra = (_("Unidades inscritas"), hasta(inscritas, hay_mas=inscritas == MAXIMO_CONTADO), "/unidades")
    return Seccion(_tarjetas(sesion, nuevas), (cifra,))


def buscar(sesion: Session, consulta: str) -> Seccion:
    unidades, _siguiente = buscar_unidades(sesion, consulta, pagina=POCAS)
    return Seccion(_tarjetas(sesion, unidades))


def _tarjetas(sesion: Session, unidades: Sequence[Unidad]) -> list[TarjetaUnidad]:
    codigos = {u.actividad_ciiu for u in unidades}
    actividades = nombres_de_actividades(sesion, codigos) if codigos else {}
    municipios = {u.municipio_ine for u in unidades if u.municipio_ine}
    sitios = lugares(sesion, municipios) if municipios else {}
    return [
        TarjetaUnidad(
            url=f"/unidades/{u.numero}",
            nombre=u.nombre,
            tipo=nombre_de_tipo(u.tipo),
            lugar=sitios.get(u.municipio_ine or "", ""),
            actividad=actividades.get(u.actividad_ciiu or "", ""),
            numero=u.numero or "",
        )
        for u in unidades
    ]


registrar("unidades", Escaparate(portada, buscar))
