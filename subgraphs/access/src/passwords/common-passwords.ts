/**
 * Words that people and attackers reach for first, in Spanish and English. A password that is one of them with digits
 * or signs round it is refused; shorter than the least length alone, they matter for what is added to them.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `password passw0rd passphrase contraseña contrasena clave clavesegura secret secreto admin administrador administrator
  welcome bienvenido bienvenida letmein changeme cambiame cambiar temporal temporary prueba testing default demo usuario
  user root master maestro login acceso entrada ingreso sistema empresa oficina gerencia planta bodega clinica
  iloveyou teamo teamomucho tequiero mivida miamor princesa princess sunshine football futbol baseball superman batman
  dragon monkey shadow michael charlie qwerty qwertyui qwertyuiop qwertyuio asdfghjkl asdfgh zxcvbnm zxcvbn qazwsx
  qazwsxedc poiuytrewq qwerasdf qwerasdfzxcv asdfqwer abcdefgh abcdefghi abcdefghij abcdefghijk abcabc aaaaaa
  chile chilena colocolo universidaddechile lau santiago valparaiso concepcion primavera verano otoño invierno
  enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
  lunes martes miercoles jueves viernes sabado domingo
  spring summer autumn winter january february march april june july august september october november december
  starwars pokemon computer computador internet google facebook whatsapp correcthorsebatterystaple trustno
  whatever freedom hello hola holahola jesus jesucristo dios familia mifamilia cauce ribera`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
