"""The life of a registration: draft, submit, observe, register, suspend, restore, cancel; and edits in
between.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, text
from sqlmodel import Session, col, select

from ciudadania import Riesgo, exigir_sesion_reciente
from empresa_digital.registro import eventos
from empresa_digital.registro.asientos import Operacion
from empresa_digital.registro.asientos.modelos import Asiento
from empresa_digital.registro.catalogos import TipoUnidad
from empresa_digital.registro.competencias import (
    DOS_PERSONAS,
    Materia,
    exigir_competencia,
    exigir_dos_personas,
)
from empresa_digital.registro.habilitaciones import Habilitacion, exigir_otra_autoridad
from empresa_digital.registro.habilitaciones import otorgar_con as otorgar_habilitacion_con
from empresa_digital.registro.identificadores import ESQUEMAS, IdentificadorEnUso, numero_de_unidad
from empresa_digital.registro.inscripcion.avisos import AVISO_INSCRIPCION
from empresa_digital.registro.inscripcion.errores import (
    DemasiadosBorradores,
    FichaIncompleta,
    ObligacionesVivas,
)
from empresa_digital.registro.mandatos import (
    ADMINISTRABLES,
    EsperaFirmas,
    Facultad,
    NuevoMandato,
    SinFacultad,
    exigir_facultad,
    notificar_unidad,
)
from empresa_digital.registro.mandatos import otorgar_con as otorgar_mandato_con
from empresa_digital.registro.unidades import (
    EDITABLES,
    PREFIJO_IDENTIFICADOR,
    EstadoUnidad,
    Ficha,
    Unidad,
    asentar,
    bloquear_unidad,
    faltantes,
    leer_fichas,
    normalizar,
    siguiente_estado,
    unidad_con_identificador,
)
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos, PrecondicionFallida
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.lectores import texto_obligatorio
from nucleo.obligaciones import obligaciones_de
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida

BORRADORES_MAX = 20
RESERVADOS = frozenset({"tipo", "denominacion", "forma_legal"})
"""What identifies a registered unit: its owner no longer changes it alone, the regulator rectifies it."""

_EVENTOS = {
    Operacion.PRESENTAR: eventos.UNIDAD_PRESENTADA,
    Operacion.OBSERVAR: eventos.UNIDAD_OBSERVADA,
    Operacion.INSCRIBIR: eventos.UNIDAD_INSCRITA,
    Operacion.SUSPENDER: eventos.UNIDAD_SUSPENDIDA,
    Operacion.REHABILITAR: eventos.UNIDAD_REHABILITADA,
    Operacion.CANCELAR: eventos.UNIDAD_CANCELADA,
    Operacion.EDITAR: eventos.UNIDAD_EDITADA,
    Operacion.RECTIFICAR: eventos.UNIDAD_EDITADA,
}
_ASUNTOS = {
    Operacion.RECTIFICAR: _l("El registro rectificó los datos de %(unidad)s"),
    Operacion.PRESENTAR: _l("Recibimos la solicitud de inscripción de %(unidad)s"),
    Operacion.OBSERVAR: _l("La solicitud de %(unidad)s tiene observaciones"),
    Operacion.INSCRIBIR: _l("%(unidad)s ya está inscrita"),
    Operacion.SUSPENDER: _l("Se suspendió a %(unidad)s"),
    Operacion.REHABILITAR: _l("%(unidad)s vuelve a estar inscrita"),
    Operacion.CANCELAR: _l("Se canceló el registro de %(unidad)s"),
    Operacion.RESTAURAR: _l("%(unidad)s vuelve a estar en borrador"),
}


def crear_borrador(
    sesion: Session, actor: Actor, datos: Mapping[str, Any], *, unidad_id: UUID | None = None
) -> Unidad:
    """Start a registration: at least `tipo` and `denominacion`. Its author receives the mandate to administer
    it.

    The number is permanent from this moment. `unidad_id` lets a caller choose the id, to retry safely. Raises
    `DatosInvalidos`, `SinFacultad` (only people register units), `DemasiadosBorradores`.
    """
    if actor.tipo != "persona" or actor.persona_id is None:
        raise SinFacultad(_("Solo una persona inicia la inscripción de una unidad económica."))
    abiertos = (
        select(func.count())
        .select_from(Asiento)
        .join(UnidadEconomica, col(UnidadEconomica.id) == col(Asiento.unidad_id))
        .where(
            col(Asiento.operacion) == Operacion.CREAR,
            col(Asiento.actor_id) == actor.persona_id,
            col(UnidadEconomica.estado) == EstadoUnidad.BORRADOR,
        )
    )
    if sesion.exec(abiertos).one() >= BORRADORES_MAX:
        raise DemasiadosBorradores(
            _("Ya tiene %(n)s borradores: presente o descarte alguno.") % {"n": BORRADORES_MAX}
        )
    unidad = _nacer(sesion, Autorizacion.propia(actor), datos, unidad_id)
    mandato = NuevoMandato(facultades=(Facultad.ADMINISTRAR,), persona_id=actor.persona_id, subdelegable=True)
    otorgar_mandato_con(sesion, unidad, Autorizacion(actor=actor, unidad_id=unidad.id), mandato)
    return unidad.valor()


def _nacer(
    sesion: Session, autorizacion: Autorizacion, datos: Mapping[str, Any], unidad_id: UUID | None
) -> UnidadEconomica:
    limpios = normalizar(sesion, Ficha(), {"tipo": None, "denominacion": None, **datos})
    serie = sesion.execute(text("SELECT nextval('registro_serie')")).scalar_one()
    momento = ahora_bd(sesion)
    unidad = UnidadEconomica(
        id=unidad_id or nuevo_id(),
        numero=numero_de_unidad(serie),
        tipo=TipoUnidad(limpios["tipo"]),
        denominacion=limpios["denominacion"],
        huella="",
        creado_en=momento,
        actualizado_en=momento,
    )
    completos = {**Ficha().campos, **limpios}
    asentar(sesion, unidad, autorizacion, Operacion.CREAR, completos)
    auditar(sesion, autorizacion, "unidad.crear", "registro_unidad", unidad.id, {"numero": unidad.numero})
    return unidad


def editar_unidad(
    sesion: Session, actor: Actor, unidad_id: UUID, cambios: Mapping[str, Any], *, version: int
) -> Unidad:
    """Change the data of a unit that is at `version`. Nothing is written when nothing differs.

    The owner edits (`TRAMITAR` is enough: preparing is not submitting) while it is a draft, observed, or
    registered; once registered, what identifies it is rectified by the authority. Raises
    `PrecondicionFallida` on another version, `TransicionInvalida`, `DatosInvalidos`, `SinFacultad`,
    `IdentificadorEnUso`.
    """
    unidad = bloquear_unidad(sesion, unidad_id)
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.TRAMITAR, estados=ADMINISTRABLES)
    datos, ficha = _cambios(sesion, unidad, cambios, version)
    if not datos:
        return unidad.valor()
    if unidad.estado == EstadoUnidad.INSCRITA:
        _exigir_no_reservados(datos)
    return _hacer(sesion, unidad, autorizacion, Operacion.EDITAR, datos, ficha=ficha, avisar=False)


def rectificar_unidad(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    cambios: Mapping[str, Any],
    motivo: str,
    *,
    version: int,
) -> Unidad:
    """The authority mends the data of a registered unit, what identifies it too; its people are told why.

    The reason stays in the entry. Raises what `editar_unidad` does, `SinCompetencia`, `CasoPropio`.
    """
    unidad = bloquear_unidad(sesion, unidad_id)
    autorizacion = autoridad_sobre(sesion, actor, unidad)
    razon = texto_obligatorio("motivo", motivo, _("Escriba por qué se rectifica: lo leerá la unidad."))
    datos, ficha = _cambios(sesion, unidad, cambios, version)
    if unidad.estado != EstadoUnidad.INSCRITA:
        raise TransicionInvalida(_("Solo se rectifica a una unidad inscrita; antes, la corrige su dueño."))
    if not datos:
        raise DatosInvalidos(_("No cambió ningún dato."))
    return _hacer(sesion, unidad, autorizacion, Operacion.RECTIFICAR, {**datos, "motivo": razon}, ficha=ficha)


def _cambios(
    sesion: Session, unidad: UnidadEconomica, cambios: Mapping[str, Any], version: int
) -> tuple[dict[str, Any], Ficha]:
    """What differs from the record, judged as a whole; and the record."""
    if unidad.version != version:
        raise PrecondicionFallida(_("Vuelva a abrir los datos y repita su cambio."))
    if unidad.estado not in EDITABLES:
        raise TransicionInvalida(
            _("Mientras la unidad está %(estado)s no se cambian sus datos.") % {"estado": unidad.estado.value}
        )
    ficha = leer_fichas(sesion, [unidad])[unidad.id]
    datos = normalizar(sesion, ficha, cambios)
    if datos and unidad.estado != EstadoUnidad.BORRADOR:
        todos = {**ficha.como_datos(), **datos}
        _exigir_sin_faltantes(todos, ficha)
        _exigir_identificadores_libres(sesion, unidad.id, todos)
    return datos, ficha


def autoridad_sobre(sesion: Session, actor: Actor, unidad: UnidadEconomica | Unidad) -> Autorizacion:
    """The official's authority over this unit: of its kind, in its place, and not her own case."""
    exigir_sesion_reciente(actor, Riesgo.REGISTRO)
    return exigir_competencia(
        sesion,
        actor,
        Materia.INSCRIPCION,
        clase=unidad.tipo.value,
        lugar=unidad.municipio_ine,
        unidad_id=unidad.id,
    )


def _exigir_no_reservados(datos: Mapping[str, Any]) -> None:
    tocados = [c for c in datos if c in RESERVADOS or c.startswith(PREFIJO_IDENTIFICADOR)]
    if tocados:
        nombres = {
            c.replace(PREFIJO_IDENTIFICADOR, "identificadores."): _("Lo rectifica el registro.")
            for c in tocados
        }
        raise DatosInvalidos(
            _("Estos datos identifican a una unidad inscrita: pida su rectificación al registro."),
            campos=nombres,
        )


def presentar(sesion: Session, actor: Actor, unidad_id: UUID) -> Unidad:
    """Submit a draft, or an observed one that was corrected. Needs `PRESENTAR`.

    Raises `FichaIncompleta` with what is missing, `IdentificadorEnUso`, `TransicionInvalida`, `SinFacultad`.
    """
    unidad = bloquear_unidad(sesion, unidad_id)
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.PRESENTAR, estados=ADMINISTRABLES)
    return _presentar(sesion, unidad, autorizacion)


def _presentar(sesion: Session, unidad: UnidadEconomica, autorizacion: Autorizacion) -> Unidad:
    siguiente_estado(unidad.estado, Operacion.PRESENTAR)
    ficha = leer_fichas(sesion, [unidad])[unidad.id]
    _exigir_sin_faltantes(ficha.como_datos(), ficha)
    _exigir_identificadores_libres(sesion, unidad.id, ficha.como_datos())
    return _hacer(sesion, unidad, autorizacion, Operacion.PRESENTAR, {}, ficha=ficha)


def _exigir_sin_faltantes(datos: Mapping[str, Any], ficha: Ficha) -> None:
    faltan = faltantes(Ficha(campos={c: datos.get(c) for c in ficha.campos}))
    if faltan:
        raise FichaIncompleta(_("Complete los datos que faltan."), campos=faltan)


def _exigir_identificadores_libres(sesion: Session, unidad_id: UUID, datos: Mapping[str, Any]) -> None:
    """A clear refusal before the unique index gives a terse one (it still decides between rivals)."""
    for clave, valor in datos.items():
        if not clave.startswith(PREFIJO_IDENTIFICADOR) or valor is None:
            continue
        esquema = clave.removeprefix(PREFIJO_IDENTIFICADOR)
        otra = unidad_con_identificador(sesion, esquema, valor)
        if otra is not None and otra.id != unidad_id:
            raise IdentificadorEnUso(
                _(
                    "El %(esquema)s %(valor)s ya es de la unidad %(numero)s. "
                    "Si es suya, pida un mandato a quien la administra."
                )
                % {"esquema": ESQUEMAS[esquema].nombre, "valor": valor, "numero": otra.numero},
                numero=otra.numero,
            )


# --- The regulator -------------------------------------------------------------------------------------


def observar(sesion: Session, actor: Actor, unidad_id: UUID, motivo: str) -> Unidad:
    """The regulator sends a submission back, saying what to correct."""
    return _regular(sesion, actor, unidad_id, Operacion.OBSERVAR, motivo)


def inscribir(sesion: Session, actor: Actor, unidad_id: UUID) -> Unidad:
    """The regulator registers a submission: from here on it is public and may act.

    Two officials register those of `DOS_PERSONAS`: raises `FaltanFirmas` (`inscripcion.acto.INSCRIPCION`).
    """
    unidad = bloquear_unidad(sesion, unidad_id)
    autorizacion = autoridad_sobre(sesion, actor, unidad)
    hecha = _inscribir(sesion, unidad, autorizacion)
    if unidad.tipo in DOS_PERSONAS:
        exigir_dos_personas(sesion, autorizacion)
    return hecha


def _inscribir(sesion: Session, unidad: UnidadEconomica, autorizacion: Autorizacion) -> Unidad:
    ficha = leer_fichas(sesion, [unidad])[unidad.id]
    return _hacer(sesion, unidad, autorizacion, Operacion.INSCRIBIR, ficha.como_datos(), ficha=ficha)


def suspender(sesion: Session, actor: Actor, unidad_id: UUID, motivo: str) -> Unidad:
    """The regulator suspends a registered unit: it can no longer act, until restored."""
    return _regular(sesion, actor, unidad_id, Operacion.SUSPENDER, motivo)


def rehabilitar(sesion: Session, actor: Actor, unidad_id: UUID) -> Unidad:
    """Undo a suspension or a cancellation.

    The regulator restores a unit that was registered; the owner of a discarded draft takes it up again.
    """
    unidad = bloquear_unidad(sesion, unidad_id)
    if unidad.inscrita_en is None:
        autorizacion = _dueno_o_autoridad(sesion, actor, unidad)
        return _hacer(sesion, unidad, autorizacion, Operacion.RESTAURAR, {})
    autorizacion = autoridad_sobre(sesion, actor, unidad)
    return _hacer(sesion, unidad, autorizacion, Operacion.REHABILITAR, {})


def cancelar(sesion: Session, actor: Actor, unidad_id: UUID, motivo: str) -> Unidad:
    """Close a registration: its owner discards a draft or ends the unit, or the regulator cancels it.

    Nothing of the unit may live: raises `ObligacionesVivas` with what does. Until it ends, the authority
    suspends.
    """
    unidad = bloquear_unidad(sesion, unidad_id)
    datos = {"motivo": texto_obligatorio("motivo", motivo, _("Escriba por qué se cancela."))}
    autorizacion = _dueno_o_autoridad(sesion, actor, unidad)
    if unidad.inscrita_en is not None:
        exigir_sesion_reciente(actor, Riesgo.REGISTRO)
    exigir_otra_autoridad(sesion, unidad_id)
    _exigir_que_nada_viva(sesion, unidad)
    return _hacer(sesion, unidad, autorizacion, Operacion.CANCELAR, datos)


def _exigir_que_nada_viva(sesion: Session, unidad: UnidadEconomica) -> None:
    """The unit's row is locked: who begins a sale or a parcel holds it in share, so none can slip in."""
    vivas = obligaciones_de(sesion, unidad.id)
    if vivas:
        raise ObligacionesVivas(
            _("Antes hay que terminar lo que sigue vivo: %(que)s")
            % {"que": " ".join(str(o.texto) for o in vivas)},
            obligaciones=[
                {
                    "texto": o.texto,
                    "url": o.url,
                    "cuantas": o.cuantas,
                    "monto": None if o.monto is None else {"monto": f"{o.monto.amount:.2f}", "moneda": "BOB"},
                }
                for o in vivas
            ],
        )


def _dueno_o_autoridad(sesion: Session, actor: Actor, unidad: UnidadEconomica) -> Autorizacion:
    estados = tuple(EstadoUnidad)
    try:
        return exigir_facultad(sesion, actor, unidad.id, Facultad.ADMINISTRAR, estados=estados)
    except EsperaFirmas:
        raise
    except SinFacultad:
        return autoridad_sobre(sesion, actor, unidad)


def _regular(sesion: Session, actor: Actor, unidad_id: UUID, operacion: Operacion, motivo: str) -> Unidad:
    unidad = bloquear_unidad(sesion, unidad_id)
    autorizacion = autoridad_sobre(sesion, actor, unidad)
    falta = _("Escriba qué debe corregir la unidad.")
    if operacion == Operacion.SUSPENDER:
        exigir_otra_autoridad(sesion, unidad_id)
        falta = _("Escriba por qué la suspende.")
    datos = {"motivo": texto_obligatorio("motivo", motivo, falta)}
    return _hacer(sesion, unidad, autorizacion, operacion, datos)


def _hacer(
    sesion: Session,
    unidad: UnidadEconomica,
    autorizacion: Autorizacion,
    operacion: Operacion,
    datos: dict[str, Any],
    *,
    ficha: Ficha | None = None,
    avisar: bool = True,
) -> Unidad:
    """Entry, audit, event and message of one change: the common end of every use case."""
    asentar(sesion, unidad, autorizacion, operacion, datos, ficha=ficha)
    hecha = unidad.valor()
    hechos = {"estado": unidad.estado.value, "version": unidad.version, "campos": sorted(datos)}
    auditar(sesion, autorizacion, f"unidad.{operacion.value}", "registro_unidad", unidad.id, hechos)
    if operacion in _EVENTOS:
        publicar(sesion, _EVENTOS[operacion], unidad.id, {"numero": unidad.numero}, autorizacion)
    if avisar:
        cuerpo = _("Número %(numero)s.") % {"numero": unidad.numero}
        if motivo := datos.get("motivo"):
            cuerpo += " " + _("Motivo: %(motivo)s") % {"motivo": motivo}
        asunto = str(_ASUNTOS[operacion]) % {"unidad": hecha.nombre}
        notificar_unidad(
            sesion, unidad.id, asunto, cuerpo, f"/mis-unidades/{unidad.numero}", clase=AVISO_INSCRIPCION
        )
    return hecha


def inscribir_de_oficio(
    sesion: Session,
    autorizacion: Autorizacion,
    datos: Mapping[str, Any],
    *,
    mandatos: Sequence[NuevoMandato] = (),
    habilitaciones: Mapping[Habilitacion, str] | None = None,
    unidad_id: UUID | None = None,
) -> Unidad:
    """Register a unit at one go on the authority's own initiative (public entities, imports, demonstration).

    The caller vouches for `autorizacion`. `habilitaciones` maps each quality to the norm that grants it, from
    today.
    """
    unidad = _nacer(sesion, autorizacion, datos, unidad_id)
    for mandato in mandatos:
        otorgar_mandato_con(sesion, unidad, autorizacion, mandato)
    _presentar(sesion, unidad, autorizacion)
    _inscribir(sesion, unidad, autorizacion)
    hoy: date = fecha_bolivia(ahora_bd(sesion))
    for habilitacion, norma in (habilitaciones or {}).items():
        otorgar_habilitacion_con(sesion, unidad, autorizacion, habilitacion, norma=norma, desde=hoy)
    return unidad.valor()
