"""What a profile shows, in its page and in its sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from feria_inversa.panorama import (
    MERCADO,
    VENTANA,
    Resumen,
    grafico_por_mes,
    nombre_de_parte,
    perfil_de_parte,
    por_mes,
)
from feria_inversa.panorama.modelos import ProcesoDelMercado
from feria_inversa.perfiles.nombres import pagina_de_proveedor
from feria_inversa.perfiles.palabras import entre_dias
from feria_inversa.perfiles.recientes import DelProveedor, Parte, Recientes, Reparto
from feria_inversa.perfiles.vistas import RacimoDePagina
from feria_inversa.reglas import nombre_de_familia
from nucleo.archivos.tablas import celda, escribir_tabla
from nucleo.plantillas import filtro_bs, filtro_fecha, filtro_fecha_hora, filtro_numero
from nucleo.textos import gettext as _
from nucleo.textos import ngettext


@dataclass(frozen=True, slots=True)
class Renglon:
    nombre: str
    procesos: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Lista:
    """Of how many processes something is; `de_que`, from which ones, where it is not from all."""

    titulo: str
    renglones: Sequence[Renglon]
    de_que: str = ""


@dataclass(slots=True)
class Perfil:
    titulo: str
    bajada: str
    url: str
    de_que: str
    notas: list[str] = field(default_factory=list)
    meses: Sequence[tuple[str, int]] = ()
    listas: list[Lista] = field(default_factory=list)
    repartos: list[tuple[str, str]] = field(default_factory=list)
    procesos: list[tuple[str, Sequence[ProcesoDelMercado]]] = field(default_factory=list)
    enlaces: list[tuple[str, str]] = field(default_factory=list)
    avisos: list[tuple[str, str]] = field(default_factory=list)
    racimos: Sequence[RacimoDePagina] = ()

    @property
    def grafico(self) -> Markup | None:
        return grafico_por_mes(self.meses)


def perfil_de(titulo: str, bajada: str, camino: str, resumen: Resumen) -> Perfil:
    return Perfil(titulo, bajada, f"{MERCADO}/{camino}", _de_que(resumen), meses=por_mes(resumen))


def _de_que(resumen: Resumen) -> str:
    if resumen.desde is None or resumen.hasta is None:
        return _("Ningún proceso todavía: solo lo planificado.")
    dicho = f"{_procesos(resumen.procesos)}, {entre_dias(resumen.desde, resumen.hasta)}."
    if resumen.entre is not None:
        dicho += " " + _("Son los que hay entre los últimos %(n)s de la lista.") % {
            "n": filtro_numero(VENTANA)
        }
    if resumen.contado_en is not None:
        dicho += " " + _("Contado el %(cuando)s.") % {"cuando": filtro_fecha_hora(resumen.contado_en)}
    return dicho


def _procesos(n: int) -> str:
    return ngettext("%(num)s proceso", "%(num)s procesos", n) % {"num": filtro_numero(n)}


def de_los_ultimos(ultimos: Recientes) -> str:
    """From which processes is what is told of the last ones; nothing where it is of all."""
    if ultimos.todos or ultimos.desde is None:
        return ""
    return _("De los últimos %(procesos)s, desde el %(desde)s.") % {
        "procesos": _procesos(ultimos.procesos),
        "desde": filtro_fecha(ultimos.desde),
    }


def lista_del_resumen(
    titulo: str, resumen: Resumen, clase: str, lugares: dict[str, str] | None = None
) -> Lista:
    partes = resumen.partes.get(clase, ())
    return Lista(
        titulo,
        [
            Renglon(
                nombre_de_parte(clase, p.cual, p.nombre, lugares or {}),
                p.procesos,
                perfil_de_parte(clase, p.cual),
            )
            for p in partes
        ],
    )


def lista_de_familias(titulo: str, familias: Sequence[Parte], de_que: str, sin_familia: int) -> Lista:
    if sin_familia:
        de_que = f"{de_que} {_('No consta en %(cuantos)s.') % {'cuantos': _procesos(sin_familia)}}".strip()
    renglones = [
        Renglon(nombre_de_familia(p.clave), p.procesos, f"{MERCADO}/familias/{p.clave}") for p in familias
    ]
    return Lista(titulo, renglones, de_que)


def lista_de_proveedores(titulo: str, ultimos: Recientes) -> Lista:
    renglones = [Renglon(p.nombre, p.procesos, pagina_de_proveedor(p.clave)) for p in ultimos.proveedores]
    return Lista(titulo, renglones, de_los_ultimos(ultimos))


def lista_de_entidades(titulo: str, partes: Sequence[Parte]) -> Lista:
    return Lista(
        titulo,
        [Renglon(p.nombre or p.clave, p.procesos, perfil_de_parte("entidad", p.clave)) for p in partes],
    )


def lista_de_lugares(titulo: str, partes: Sequence[Parte], lugares: Mapping[str, str]) -> Lista:
    return Lista(
        titulo,
        [
            Renglon(
                lugares.get(p.clave, _("No consta")),
                p.procesos,
                perfil_de_parte("departamento", p.clave),
            )
            for p in partes
        ],
    )


def repartos_de(ultimos: Recientes) -> list[tuple[str, str]]:
    """How many bid, and how many days until the payment: only processes of here say it."""
    return [
        (_("Cuántos ofertaron"), _reparto(ultimos.proponentes)),
        (_("Días hasta el pago, desde lo recibido"), _reparto(ultimos.dias_al_pago)),
    ]


def _reparto(reparto: Reparto) -> str:
    if not reparto.procesos:
        return _("No consta: los archivos de SICOES no lo dicen, y de lo de aquí todavía no se sabe.")
    if reparto.cinco is None:
        return _("Muy poco para decirlo: consta en %(procesos)s.") % {"procesos": _procesos(reparto.procesos)}
    minimo, uno, mediana, tres, maximo = reparto.cinco
    return _(
        "La mediana es %(mediana)s. La mitad del medio va de %(uno)s a %(tres)s, y todos, de %(minimo)s a"
        " %(maximo)s. Consta en %(procesos)s."
    ) % {
        "mediana": mediana,
        "uno": uno,
        "tres": tres,
        "minimo": minimo,
        "maximo": maximo,
        "procesos": _procesos(reparto.procesos),
    }


def frase_de_proveedor(hallado: DelProveedor) -> str:
    dicho = f"{_procesos(hallado.procesos)}, {entre_dias(hallado.desde, hallado.hasta)}."
    lineas = ngettext("%(num)s línea", "%(num)s líneas", hallado.en_el_total) % {
        "num": filtro_numero(hallado.en_el_total)
    }
    fuera = hallado.lineas - hallado.en_el_total
    dicho += " " + _("Suman %(total)s en %(lineas)s.") % {"total": filtro_bs(hallado.total), "lineas": lineas}
    if fuera:
        dicho += " " + ngettext(
            "Queda fuera %(num)s línea cuya cantidad por su precio no da su total.",
            "Quedan fuera %(num)s líneas cuya cantidad por su precio no da su total.",
            fuera,
        ) % {"num": filtro_numero(fuera)}
    if not hallado.todas:
        dicho += " " + _("Son sus últimas adjudicaciones: tiene más.")
    return dicho


def perfil_en_csv(perfil: Perfil) -> bytes:
    """Each list of the page, with how many processes each line is of."""
    filas: list[tuple[object, ...]] = [("lista", "cual", "procesos", "de_que")]
    filas += [("mes", nombre, n, celda(perfil.de_que)) for nombre, n in perfil.meses]
    for lista in perfil.listas:
        de_que = celda(lista.de_que or perfil.de_que)
        filas += [(celda(lista.titulo), celda(r.nombre), r.procesos, de_que) for r in lista.renglones]
    filas += [(celda(nombre), celda(dicho), "", "") for nombre, dicho in perfil.repartos]
    return escribir_tabla(filas)
