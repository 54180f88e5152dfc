"""What the home page and the search show of each room, in the shape that the cards of the pages take."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from moneyed import Money
from sqlmodel import Session, col, select

from comercio import Ficha, buscar_productos
from empresa_digital.registro import (
    EstadoUnidad,
    TipoUnidad,
    UnidadEconomica,
    buscar_unidades,
    contar_inscritas,
    lugares,
    nombres_de_actividades,
)
from feria_inversa import (
    Convocatoria,
    buscar_convocatorias,
    contar_abiertas,
    nombre_estado,
    tono_estado,
)
from nucleo.paginacion import CursorPedido
from nucleo.plantillas import filtro_numero
from nucleo.textos import gettext as _

MAXIMO_CONTADO = 10_000


@dataclass(frozen=True, slots=True)
class TarjetaConvocatoria:
    url: str
    titulo: str
    entidad: str
    cierra_en: datetime | None
    lugar: str
    monto: Money
    estado: str
    tono: str


@dataclass(frozen=True, slots=True)
class TarjetaUnidad:
    url: str
    nombre: str
    tipo: str
    lugar: str
    actividad: str
    numero: str


@dataclass(frozen=True, slots=True)
class Hallado:
    """What a search found in each room. `entendido`: the words searched when they are not the ones typed."""

    productos: Sequence[Ficha] = field(default_factory=list)
    convocatorias: Sequence[TarjetaConvocatoria] = field(default_factory=list)
    unidades: Sequence[TarjetaUnidad] = field(default_factory=list)
    entendido: str | None = None

    def __bool__(self) -> bool:
        return bool(self.productos or self.convocatorias or self.unidades)


@dataclass(frozen=True, slots=True)
class Portada:
    """Everything the home page shows. `cifras`: label, value, where to see more."""

    productos: Sequence[Ficha]
    convocatorias: Sequence[TarjetaConvocatoria]
    unidades: Sequence[TarjetaUnidad]
    cifras: Sequence[tuple[str, int | str, str]]


def portada(sesion: Session) -> Portada:
    """Fresh products, the needs that close first, the newest units, and how much there is of each."""
    catalogo = buscar_productos(sesion, "", CursorPedido(None, 10))
    urgentes = buscar_convocatorias(sesion, "", limite=6)
    nuevas, _siguiente = buscar_unidades(
        sesion, estados=[EstadoUnidad.INSCRITA], pagina=CursorPedido(None, 6)
    )
    facetas = catalogo.facetas
    inscritas = contar_inscritas(sesion, MAXIMO_CONTADO)
    abiertas = contar_abiertas(sesion, MAXIMO_CONTADO)
    cifras = [
        (_("Unidades inscritas"), _hasta(inscritas, inscritas == MAXIMO_CONTADO), "/unidades"),
        (_("Productos a la venta"), _hasta(facetas.total, facetas.hay_mas), "/tienda"),
        (_("Departamentos que venden"), len(facetas.departamentos), "/tienda"),
        (_("Necesidades abiertas"), _hasta(abiertas, abiertas == MAXIMO_CONTADO), "/feria"),
    ]
    return Portada(
        catalogo.productos,
        _tarjetas_de_convocatorias(sesion, urgentes),
        _tarjetas_de_unidades(sesion, nuevas),
        cifras if any(valor for _etiqueta, valor, _url in cifras) else [],
    )


def buscar(sesion: Session, consulta: str) -> Hallado:
    """The best few of each room for the same words."""
    resultado = buscar_productos(sesion, consulta, CursorPedido(None, 10), contar=False)
    unidades, _siguiente = buscar_unidades(sesion, consulta, pagina=CursorPedido(None, 6))
    return Hallado(
        productos=resultado.productos,
        convocatorias=_tarjetas_de_convocatorias(sesion, buscar_convocatorias(sesion, consulta, limite=6)),
        unidades=_tarjetas_de_unidades(sesion, unidades),
        entendido=resultado.entendido,
    )


def _hasta(cantidad: int, hay_mas: bool) -> int | str:
    return _("más de %(cantidad)s") % {"cantidad": filtro_numero(cantidad)} if hay_mas else cantidad


def nombre_de(unidad: UnidadEconomica) -> str:
    return unidad.nombre_comercial or unidad.denominacion


def _tarjetas_de_convocatorias(
    sesion: Session, convocatorias: Sequence[Convocatoria]
) -> list[TarjetaConvocatoria]:
    ids = {c.unidad_id for c in convocatorias}
    entidades = sesion.exec(select(UnidadEconomica).where(col(UnidadEconomica.id).in_(ids)))
    nombres = {u.id: nombre_de(u) for u in entidades}
    sitios = _sitios(sesion, (c.municipio_ine for c in convocatorias))
    return [
        TarjetaConvocatoria(
            url=f"/feria/{c.id}",
            titulo=c.titulo,
            entidad=nombres.get(c.unidad_id, ""),
            cierra_en=c.vence_en,
            lugar=sitios.get(c.municipio_ine, ""),
            monto=c.monto_referencial,
            estado=nombre_estado(c.estado),
            tono=tono_estado(c.estado),
        )
        for c in convocatorias
    ]


def _tarjetas_de_unidades(sesion: Session, unidades: Sequence[UnidadEconomica]) -> list[TarjetaUnidad]:
    codigos = {u.actividad_ciiu for u in unidades}
    actividades = nombres_de_actividades(sesion, codigos) if codigos else {}
    sitios = _sitios(sesion, (u.municipio_ine for u in unidades))
    return [
        TarjetaUnidad(
            url=f"/unidades/{u.numero}",
            nombre=nombre_de(u),
            tipo=nombre_de_tipo(u.tipo),
            lugar=sitios.get(u.municipio_ine or "", ""),
            actividad=actividades.get(u.actividad_ciiu or "", ""),
            numero=u.numero or "",
        )
        for u in unidades
    ]


def _sitios(sesion: Session, codigos: Iterable[str | None]) -> dict[str, str]:
    unicos = {c for c in codigos if c}
    return lugares(sesion, unicos) if unicos else {}


def nombre_de_tipo(tipo: TipoUnidad) -> str:
    return {
        TipoUnidad.EMPRESA: _("Empresa"),
        TipoUnidad.COOPERATIVA: _("Cooperativa"),
        TipoUnidad.ASOCIACION: _("Asociación"),
        TipoUnidad.OECA: _("OECA"),
        TipoUnidad.COMUNIDAD: _("Comunidad"),
        TipoUnidad.PERSONA_NATURAL: _("Persona natural"),
        TipoUnidad.ENTIDAD_PUBLICA: _("Entidad pública"),
        TipoUnidad.OPERADOR_POSTAL: _("Operador postal"),
    }[TipoUnidad(tipo)]
