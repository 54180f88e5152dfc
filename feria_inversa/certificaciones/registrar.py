"""Write down a budget certificate, annul it, and what the end of its year does to it.

Its amount enters an account of its own in the ledger, in the currency of budgets: what is committed of it
leaves that account, and the ledger refuses what it does not have.
"""

from datetime import date
from uuid import UUID, uuid5

from moneyed import Money
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from empresa_digital.registro import (
    CON_LO_SUYO,
    Habilitacion,
    exigir_facultad,
    exigir_habilitacion,
    sostener_activas,
)
from feria_inversa.certificaciones import eventos
from feria_inversa.certificaciones.bloqueos import bloquear_certificacion, bloquear_lo_mismo
from feria_inversa.certificaciones.cierre import contar_cierre
from feria_inversa.certificaciones.consultas import certificacion_visible, con_ese_numero, en_el_libro
from feria_inversa.certificaciones.errores import CertificacionRepetida
from feria_inversa.certificaciones.esquemas import CertificacionEntrada
from feria_inversa.certificaciones.estados import VIDA_CERTIFICACION, EstadoCertificacion
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.certificaciones.quien import MANEJA, quienes
from feria_inversa.entidades import codigo_institucional, ejecutoras_de, entidad_contratante
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, bs, cero, formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.plazos import inicio_del_dia
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from pagos.presupuesto import certificados, certificar, revertir

MONTO_MAXIMO = bs("10000000000")  # what the ledger moves at once
OBJETO = "feria_certificacion"


def registrar(
    sesion: Session, actor: Actor, unidad_id: UUID, datos: CertificacionEntrada, id: UUID | None = None
) -> Certificacion:
    """Who pays for an entity, up to their limit, writes down a certificate of its budget; the same `id` again
    is the same one.

    Raises `SinFacultad`, `MontoExcedido`, `SinHabilitacion`, `DatosInvalidos`, `CertificacionRepetida`;
    `FaltanFirmas` comes last, of what could be written down.
    """
    exigir_facultad(sesion, actor, unidad_id, MANEJA, datos.monto, con_otros=True)
    exigir_habilitacion(sesion, unidad_id, Habilitacion.ENTIDAD_CONTRATANTE)
    assert actor.persona_id is not None
    if id is not None:
        bloquear_lo_mismo(sesion, id)
        if (ya := sesion.get(Certificacion, id)) is not None:
            return _la_misma(ya, unidad_id, datos)
    sostener_activas(sesion, [unidad_id])
    _exigir_ejecutora(sesion, unidad_id, datos.ejecutora)
    ahora = ahora_bd(sesion)
    _exigir_del_anio(datos.fecha, fecha_bolivia(ahora))
    _exigir_monto(datos)
    _exigir_numero_libre(sesion, unidad_id, datos)
    autorizacion = exigir_facultad(sesion, actor, unidad_id, MANEJA, datos.monto)
    assert autorizacion.mandato_id is not None
    certificacion = Certificacion(
        id=id or nuevo_id(),
        unidad_id=unidad_id,
        gestion=datos.fecha.year,
        vence_en=inicio_del_dia(date(datos.fecha.year + 1, 1, 1)),
        registrada_en=ahora,
        registro=quienes(sesion, actor),
        persona_id=actor.persona_id,
        mandato_id=autorizacion.mandato_id,
        monto=datos.monto,
        **datos.model_dump(exclude={"id", "monto"}),
    )
    try:
        with sesion.begin_nested():
            sesion.add(certificacion)
    except IntegrityError as error:
        if "feria_certificacion_adjudicada" in str(error.orig):
            dice = _("La {numero} de {gestion} se anuló, pero ya se adjudicó con ella.")
            raise _repetida(dice, datos) from error
        if "uq_feria_certificacion_numero" not in str(error.orig):
            raise
        raise _repetida(_("La {numero} de {gestion} ya está registrada."), datos) from error
    movimiento = uuid5(certificacion.id, "certificar")
    certificar(sesion, autorizacion, certificacion.id, certificacion.monto, id=movimiento)
    publicar(sesion, eventos.CERTIFICACION_REGISTRADA, certificacion.id, {}, autorizacion)
    hechos = {
        "numero": certificacion.numero,
        "gestion": certificacion.gestion,
        "monto_centavos": a_centavos(certificacion.monto),
    }
    auditar(sesion, autorizacion, "certificacion.registrar", OBJETO, certificacion.id, hechos)
    return certificacion


def _la_misma(ya: Certificacion, unidad_id: UUID, datos: CertificacionEntrada) -> Certificacion:
    """The same id is the same certificate only with all that was written the same."""
    dichos = datos.model_dump(exclude={"id", "monto"})
    igual = {n: getattr(ya, n) for n in dichos} == dichos and ya.monto == datos.monto
    if ya.unidad_id != unidad_id or not igual:
        raise DatosInvalidos(_("Ese identificador ya está en uso."), campos={"id": _("Use otro.")})
    return ya


def anular(sesion: Session, actor: Actor, certificacion_id: UUID, motivo: str) -> Certificacion:
    """Its entity takes back what was not committed of it; what was committed goes on.

    Raises `CertificacionNoEncontrada`, `SinFacultad`, `CertificacionNoPermite`; `FaltanFirmas` comes last.
    """
    certificacion_visible(sesion, actor, certificacion_id)
    certificacion = bloquear_certificacion(sesion, certificacion_id)
    exigir_facultad(sesion, actor, certificacion.unidad_id, MANEJA, estados=CON_LO_SUYO, con_otros=True)
    VIDA_CERTIFICACION.exigir_paso(certificacion, EstadoCertificacion.ANULADA)
    autorizacion = exigir_facultad(sesion, actor, certificacion.unidad_id, MANEJA, estados=CON_LO_SUYO)
    _terminar(
        sesion, certificacion, EstadoCertificacion.ANULADA, autorizacion, "certificacion.anular", motivo
    )
    return certificacion


def terminar_con_su_gestion(sesion: Session, certificacion_id: UUID) -> bool:
    """Its year ended. False when something else happened meanwhile."""
    certificacion = bloquear_certificacion(sesion, certificacion_id)
    if certificacion.estado != EstadoCertificacion.VIGENTE or certificacion.vence_en > ahora_bd(sesion):
        return False
    _terminar(
        sesion,
        certificacion,
        EstadoCertificacion.TERMINADA,
        _sistema(certificacion),
        "certificacion.terminar",
    )
    contar_cierre(sesion, certificacion)
    return True


def devolver_lo_que_quede(sesion: Session, certificacion_id: UUID) -> None:
    """What came back to a certificate that had ended is committed no more."""
    certificacion = bloquear_certificacion(sesion, certificacion_id)
    if certificacion.estado != EstadoCertificacion.VIGENTE:
        _devolver(sesion, certificacion, _sistema(certificacion))


def _sistema(fila: Certificacion) -> Autorizacion:
    return Autorizacion(Actor.sistema("fin de certificaciones"), unidad_id=fila.unidad_id)


def _devolver(sesion: Session, fila: Certificacion, quien: Autorizacion) -> Money:
    """Take what is left out of its account. The id of the movement is by what was certified before it, which
    each of them makes less."""
    hay = certificados(sesion, [fila.id])[fila.id]
    if hay.disponible > cero():
        movimiento = uuid5(fila.id, f"revertir:{a_centavos(hay.certificado)}")
        revertir(sesion, quien, fila.id, hay.disponible, id=movimiento)
    return hay.disponible


def _terminar(
    sesion: Session,
    fila: Certificacion,
    fin: EstadoCertificacion,
    quien: Autorizacion,
    accion: str,
    motivo: str | None = None,
) -> None:
    ahora, termino = ahora_bd(sesion), quienes(sesion, quien.actor)
    VIDA_CERTIFICACION.pasar(fila, fin)
    fila.motivo, fila.terminada_en, fila.termino = motivo, ahora, termino
    sesion.flush()
    devuelto = _devolver(sesion, fila, quien)
    publicar(sesion, eventos.CERTIFICACION_TERMINADA, fila.id, {"estado": fila.estado}, quien)
    auditar(sesion, quien, accion, OBJETO, fila.id, {"devuelto_centavos": a_centavos(devuelto)})


def _exigir_ejecutora(sesion: Session, unidad_id: UUID, ejecutora: str) -> None:
    entidad_contratante(sesion, unidad_id, codigo_institucional(sesion, unidad_id))
    if ejecutora not in {e.ejecutora for e in ejecutoras_de(sesion, unidad_id)}:
        dice = _("La entidad no declaró la unidad ejecutora {}.").format(ejecutora)
        raise DatosInvalidos(dice, campos={"ejecutora": dice})


def _exigir_del_anio(fecha: date, hoy: date) -> None:
    dice = ""
    if fecha > hoy:
        dice = _("La fecha de la certificación no puede ser futura.")
    elif fecha.year != hoy.year:
        dice = _("La gestión {} ya terminó: una certificación vale en la suya.").format(fecha.year)
    if dice:
        raise DatosInvalidos(dice, campos={"fecha": dice})


def _exigir_numero_libre(sesion: Session, unidad_id: UUID, datos: CertificacionEntrada) -> None:
    """What was written down wrong is annulled and written down again, while nothing was bought with it: the
    same number twice would be twice its budget."""
    iguales = con_ese_numero(sesion, unidad_id, datos.fecha.year, datos.numero)
    libro = en_el_libro(sesion, iguales)
    for fila in iguales:
        if fila.estado != EstadoCertificacion.ANULADA:
            raise _repetida(_("La {numero} de {gestion} ya está registrada."), datos)
        if libro[fila.id].comprometido + libro[fila.id].ejecutado > cero():
            raise _repetida(_("La {numero} de {gestion} se anuló, pero ya se compró con ella."), datos)


def _repetida(dice: str, datos: CertificacionEntrada) -> CertificacionRepetida:
    dice = dice.format(numero=datos.numero, gestion=datos.fecha.year)
    return CertificacionRepetida(dice, campos={"numero": dice})


def _exigir_monto(datos: CertificacionEntrada) -> None:
    dice = ""
    if datos.monto <= bs(0):
        dice = _("Escriba un monto mayor que cero.")
    elif datos.monto > MONTO_MAXIMO:
        dice = _("Una certificación es de a lo más {}.").format(formato_bs(MONTO_MAXIMO))
    if dice:
        raise DatosInvalidos(dice, campos={"monto": dice})
