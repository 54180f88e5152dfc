"""Withdrawals: a commission, those of each month with the bank's files, and lately one in every state."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from demostracion.elenco import ETIQUETA, actor, billetera, caja, persona, si_se_puede
from demostracion.relato import Epoca, Paso, a_las, capitulo
from nucleo.dinero import bs
from nucleo.errores import Conflicto, NoEncontrado
from nucleo.ids import id_demo
from nucleo.reloj import ahora_bd, fecha_bolivia
from pagos import retiros, saldo_disponible
from pagos.banco import recibir
from pagos.libro import exigir_supervisor
from pagos.supervision import agregar_comision

UNIDAD = "alcaldia"
PIDE = "alcaldia"
CUENTA_DE_BANCO = {
    "banco": "UNION",
    "numero_cuenta": "10000012345678",
    "titular": f"GAM Villa Prueba {ETIQUETA}",
}
# name, amount, what the bank says (none: still in the bank; the last one is not sent yet)
RETIROS = (("llego", "1500.00", True), ("rebotado", "320.00", False), ("en_banco", "800.00", None))
POR_ENVIAR = ("por_enviar", "250.00")
MENSUALES = ("tejidos", "cafe", "madera", "quinua", "ferreteria", "papeleria")  # units of the same keys
DE_PERSONAS = ("gobernacion", "correos")  # nobody decides on her own withdrawal
SIN_CONTAR = 12  # the last days have their own
RECHAZADOS_CADA = 13
CANCELADOS_CADA = 17


@capitulo("pagos.empresas")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    """Units and people take their money to their banks."""

    def hace(dias: float) -> datetime:
        return epoca.hoy - timedelta(days=dias)

    yield Paso(a_las(epoca.desde, 16), "comisión", _agregar_comision)
    yield from _del_anio(epoca)
    for numero, (nombre, monto, _dice) in enumerate(RETIROS):
        yield Paso(hace(9 - numero / 2), nombre, partial(_pedir, nombre=nombre, monto=monto))
    yield Paso(hace(7), "lote", _enviar_al_banco)
    yield Paso(hace(5), "extracto", _recibir_extracto)
    nombre, monto = POR_ENVIAR
    yield Paso(hace(0.4), nombre, partial(_pedir, nombre=nombre, monto=monto))


def _del_anio(epoca: Epoca) -> Iterator[Paso]:
    """Each month, about the tenth, they ask; the next day the file goes to the bank, which answers in two."""
    numero = 0
    for dia in epoca.dias():
        if dia.day != 10 or not timedelta(15) < fecha_bolivia(epoca.hoy) - dia < timedelta(999):
            continue
        azar = epoca.azar(f"retiros {dia}")
        lote = a_las(dia + timedelta(days=1), 16.5)
        for clave in (*MENSUALES, *DE_PERSONAS):
            numero += 1
            nombre = f"{clave}:{dia:%Y-%m}"
            pide = a_las(dia, azar.uniform(8, 19))
            de_unidad = clave in MENSUALES
            hacer = partial(_pedir_parte, nombre=nombre, clave=clave, de_unidad=de_unidad)
            yield Paso(pide, nombre, hacer)
            if numero % CANCELADOS_CADA == 0:
                yield Paso(
                    pide + timedelta(hours=1),
                    f"{nombre}: cancela",
                    partial(_cancelar, nombre=nombre, clave=clave),
                )
            responde = lote + timedelta(days=2, minutes=azar.randrange(200))
            dice = partial(_resolver, nombre=nombre, pagado=numero % RECHAZADOS_CADA != 0)
            yield Paso(responde, f"{nombre}: el banco", dice)
        yield Paso(lote, f"lote de {dia:%Y-%m}", _enviar_al_banco)


def _agregar_comision(sesion: Session) -> None:
    agregar_comision(
        sesion,
        exigir_supervisor(sesion, actor(sesion, "regulador")),
        operacion="retiro",
        tasa_pb=50,
        fijo=None,
        minimo=bs(1),
        maximo=bs(15),
        impuesto_pb=1300,
        vigente_desde=None,
        norma=f"Valor de demostración: 0,50 % del retiro, mínimo Bs 1, máximo Bs 15; IVA incluido {ETIQUETA}",
    )


def _pedir(sesion: Session, nombre: str, monto: str) -> None:
    datos = retiros.DatosDeRetiro(cuenta_id=caja(sesion, UNIDAD), monto=bs(monto), **CUENTA_DE_BANCO)
    retiros.pedir(sesion, actor(sesion, PIDE), id_demo(f"retiro:{nombre}"), datos)


def _pedir_parte(sesion: Session, nombre: str, clave: str, de_unidad: bool) -> None:
    """A third of what there is, in tens; nothing if that is less than fifty."""
    quien = persona(sesion, clave)
    cuenta = caja(sesion, clave) if de_unidad else billetera(sesion, clave)
    decenas = int(saldo_disponible(sesion, cuenta).amount / 3) // 10
    if decenas < 5:
        return
    datos = retiros.DatosDeRetiro(
        cuenta_id=cuenta,
        monto=bs(10 * min(decenas, 150)),
        banco=CUENTA_DE_BANCO["banco"],
        numero_cuenta=f"1000{quien.ci}",
        titular=quien.nombre_completo[:70],
    )
    with si_se_puede(sesion):
        retiros.pedir(sesion, actor(sesion, clave), id_demo(f"retiro:{nombre}"), datos)


def _cancelar(sesion: Session, nombre: str, clave: str) -> None:
    with suppress(NoEncontrado):  # there was too little to ask for
        retiros.cancelar(sesion, actor(sesion, clave), id_demo(f"retiro:{nombre}"))


def _enviar_al_banco(sesion: Session) -> None:
    with suppress(Conflicto):  # nothing waits
        retiros.exportar_lote(sesion, actor(sesion, "regulador"))


def _recibir_extracto(sesion: Session) -> None:
    """The bank paid one, returned another, paid the first once more by mistake and charged for it: the
    last two wait for the regulator."""
    dia = fecha_bolivia(ahora_bd(sesion)).isoformat()
    extremos = {nombre: f"QR{id_demo(f'retiro:{nombre}').hex}" for nombre, _monto, _dice in RETIROS}
    entradas = "".join(
        _ENTRADA.format(referencia=referencia, monto=monto, sentido=sentido, dia=dia, dentro=dentro)
        for referencia, monto, sentido, dentro in (
            ("B0001", "1500.00", "DBIT", _detalle(extremos["llego"])),
            ("B0002", "320.00", "CRDT", _detalle(extremos["rebotado"], "AC01")),
            ("B0003", "1500.00", "DBIT", _detalle(extremos["llego"])),
            ("B0004", "5.00", "DBIT", "<AddtlNtryInf>Comision por extracto</AddtlNtryInf>"),
        )
    )
    recibir(
        sesion,
        actor(sesion, "regulador"),
        nombre=f"extracto-{dia}.xml",
        contenido=_EXTRACTO.format(entradas=entradas).encode(),
    )


_ENTRADA = (
    '<Ntry><Amt Ccy="BOB">{monto}</Amt><CdtDbtInd>{sentido}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
    "<BookgDt><Dt>{dia}</Dt></BookgDt><AcctSvcrRef>{referencia}</AcctSvcrRef>{dentro}</Ntry>"
)
_EXTRACTO = (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Acct><Id><Othr>'
    "<Id>1000000001</Id></Othr></Id></Acct>{entradas}</Stmt></BkToCstmrStmt></Document>"
)


def _detalle(extremo: str, causa: str = "") -> str:
    devuelto = f"<RtrInf><Rsn><Cd>{causa}</Cd></Rsn></RtrInf>" if causa else ""
    refs = f"<Refs><EndToEndId>{extremo}</EndToEndId></Refs>"
    return f"<NtryDtls><TxDtls>{refs}{devuelto}</TxDtls></NtryDtls>"


def _resolver(sesion: Session, nombre: str, pagado: bool) -> None:
    motivo = "" if pagado else "La cuenta no existe en ese banco."
    with suppress(NoEncontrado, Conflicto):  # it was not asked for, or was taken back
        retiros.resolver(
            sesion, actor(sesion, "regulador"), id_demo(f"retiro:{nombre}"), pagado=pagado, motivo=motivo
        )
